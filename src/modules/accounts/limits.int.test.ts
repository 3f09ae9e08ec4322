/** Many who try, and the owner among them: refused before any password is hashed. */
import { verify } from '@node-rs/argon2'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { newId } from '../../bus/index.ts'
import { createLimits } from '../../server/limits.ts'
import type { AppCaller } from '../../server/router.ts'
import { type ApiStage, openApi } from '../../server/testing/api-stage.ts'
import { SECRET } from '../../server/testing/node.ts'
import { LIMITS } from '../../web/limits.ts'
import type { RequestContext } from '../../web/trpc/init.ts'
import { hashPassword } from './password.ts'
import { hashToken, newToken } from './token.ts'

vi.mock(import('@node-rs/argon2'), async (importOriginal) => {
  const original = await importOriginal()
  return { ...original, verify: vi.fn(original.verify) }
})

const ATTEMPTS = 10_000
const AT_ONCE = 100
const PASSWORD = 'the right one of them'

let stage: ApiStage
beforeAll(async () => {
  stage = await openApi()
})
afterAll(() => stage[Symbol.asyncDispose]())
beforeEach(() => {
  vi.mocked(verify).mockClear()
})

/** A browser, which keeps its cookies. */
class Browser {
  readonly #jar = new Map<string, string>()
  readonly #address: string

  constructor(address: string, jar?: Browser) {
    this.#address = address
    if (jar) this.#jar = new Map(jar.#jar)
  }

  /** How a try to log in ends, in a word. */
  logIn(email: string, password: string): Promise<string> {
    return this.#endOf((caller) => caller.accounts.logIn({ email, password }))
  }

  resetPassword(token: string, password: string): Promise<string> {
    return this.#endOf((caller) => caller.accounts.password.reset({ token, password }))
  }

  async #endOf(act: (caller: AppCaller) => Promise<{ outcome: string }>): Promise<string> {
    const context: RequestContext = {
      session: null,
      cookies: {
        get: (name) => this.#jar.get(name),
        set: (name, value) => this.#jar.set(name, value),
        clear: (name) => this.#jar.delete(name),
      },
      userAgent: 'a browser',
      address: this.#address,
      limits: stage.app.limits,
      onRefused: () => {},
      onTried: () => {},
    }
    try {
      return (await act(stage.api.callerOf(context))).outcome
    } catch (error) {
      return (error as { code: string }).code
    }
  }
}

async function anAccount(): Promise<string> {
  const id = newId()
  const email = `${id}@example.com`
  const passwordHash = await hashPassword(PASSWORD)
  await stage.app.storage.prisma.user.create({
    data: { id, email, emailKey: email, name: 'Olga', passwordHash, signUpConversationId: newId() },
  })
  return email
}

/** What stands in the letter to somebody who forgot the password. */
async function aResetLink(email: string): Promise<string> {
  const { prisma } = stage.app.storage
  const { id: userId } = await prisma.user.findUniqueOrThrow({ where: { emailKey: email } })
  const token = newToken()
  const expiresAt = new Date(Date.now() + 60_000)
  await prisma.passwordReset.create({ data: { id: newId(), userId, tokenHash: hashToken(token), expiresAt } })
  return token
}

/** So many tries, and how they ended. */
async function tryOften(attempt: (number: number) => Promise<string>): Promise<Record<string, number>> {
  const outcomes: Record<string, number> = {}
  for (let done = 0; done < ATTEMPTS; done += AT_ONCE) {
    const ended = await Promise.all(Array.from({ length: AT_ONCE }, (_, each) => attempt(done + each)))
    for (const outcome of ended) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  return outcomes
}

function addressOf(number: number): string {
  return `10.${1 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`
}

describe('10,000 tries to log in', { timeout: 120_000 }, () => {
  test('from one address at one account are slowed down, and the owner elsewhere gets in', async () => {
    const email = await anAccount()
    const outcomes = await tryOften((number) => new Browser('192.0.2.1').logIn(email, `guess ${number}`))
    const { times } = LIMITS['log-in.account-from-address']
    expect(outcomes).toEqual({ 'wrong-credentials': times, TOO_MANY_REQUESTS: ATTEMPTS - times })
    expect(verify).toHaveBeenCalledTimes(times)
    expect(await new Browser('192.0.2.99').logIn(email, PASSWORD)).toBe('signed-in')
  })

  test('from one address at many accounts are slowed down', async () => {
    const outcomes = await tryOften((number) => new Browser('192.0.2.2').logIn(`nobody-${number}@example.com`, 'guess'))
    const { times } = LIMITS['log-in.address']
    expect(outcomes).toEqual({ 'wrong-credentials': times, TOO_MANY_REQUESTS: ATTEMPTS - times })
    expect(verify).toHaveBeenCalledTimes(times)
  })

  test('one each from 10,000 addresses at one account are slowed down, and the owner gets in where they were before', async () => {
    const email = await anAccount()
    const owner = new Browser('198.51.100.1')
    expect(await owner.logIn(email, PASSWORD)).toBe('signed-in')
    vi.mocked(verify).mockClear()
    const outcomes = await tryOften((number) => new Browser(addressOf(number)).logIn(email, `guess ${number}`))
    const { times } = LIMITS['log-in.account']
    expect(outcomes).toEqual({ 'wrong-credentials': times, TOO_MANY_REQUESTS: ATTEMPTS - times })
    expect(verify).toHaveBeenCalledTimes(times)
    expect(await new Browser('198.51.100.1').logIn(email, PASSWORD)).toBe('TOO_MANY_REQUESTS')
    expect(await owner.logIn(email, PASSWORD)).toBe('signed-in')
    expect(await new Browser(addressOf(1), owner).logIn(email, PASSWORD)).toBe('signed-in')
    const elsewhere = new Browser('198.51.100.1')
    expect(await elsewhere.resetPassword(await aResetLink(email), 'another right one')).toBe('changed')
    expect(await elsewhere.logIn(email, 'another right one')).toBe('signed-in')
  })
})

test('a known device has tries of its own, and no more', async () => {
  const email = await anAccount()
  const owner = new Browser('198.51.100.2')
  await owner.logIn(email, PASSWORD)
  const { times } = LIMITS['log-in.known-device']
  for (let each = 0; each < times; each += 1) expect(await owner.logIn(email, 'guess')).toBe('wrong-credentials')
  expect(await owner.logIn(email, PASSWORD)).toBe('TOO_MANY_REQUESTS')
})

test('a device is known for its own account alone', async () => {
  const [email, other] = [await anAccount(), await anAccount()]
  const browser = new Browser('198.51.100.3')
  await browser.logIn(email, PASSWORD)
  const { times } = LIMITS['log-in.account-from-address']
  for (let each = 0; each < times; each += 1) expect(await browser.logIn(other, 'guess')).toBe('wrong-credentials')
  expect(await browser.logIn(other, PASSWORD)).toBe('TOO_MANY_REQUESTS')
  expect(await browser.logIn(email, PASSWORD)).toBe('signed-in')
})

test('the right password is not counted', async () => {
  const email = await anAccount()
  for (let each = 0; each < 2 * LIMITS['log-in.account-from-address'].times; each += 1)
    expect(await new Browser('198.51.100.4').logIn(email, PASSWORD)).toBe('signed-in')
})

test('however many right passwords come from one address at once, none is refused, then or later', async () => {
  const email = await anAccount()
  const atOnce = LIMITS['log-in.address'].times + 10
  const address = '198.51.100.8'
  const ended = await Promise.all(Array.from({ length: atOnce }, () => new Browser(address).logIn(email, PASSWORD)))
  expect(new Set(ended)).toEqual(new Set(['signed-in']))
  expect(await new Browser(address).logIn(email, PASSWORD)).toBe('signed-in')
})

test('an address with an account and one without are refused alike', async () => {
  const tries = async (email: string, address: string) => {
    const outcomes: string[] = []
    for (let each = 0; each <= LIMITS['log-in.account-from-address'].times; each += 1)
      outcomes.push(await new Browser(address).logIn(email, 'guess'))
    return outcomes
  }
  expect(await tries(await anAccount(), '198.51.100.5')).toEqual(await tries('nobody@example.com', '198.51.100.6'))
})

test('a hash of other parameters is replaced at the next log-in, and only then', async () => {
  const email = await anAccount()
  const { prisma } = stage.app.storage
  const old = await (await import('@node-rs/argon2')).hash(PASSWORD, { memoryCost: 8_192, timeCost: 2, parallelism: 1 })
  await prisma.user.update({ where: { emailKey: email }, data: { passwordHash: old } })
  const stored = async () => (await prisma.user.findUniqueOrThrow({ where: { emailKey: email } })).passwordHash
  await new Browser('198.51.100.7').logIn(email, 'guess')
  expect(await stored()).toBe(old)
  // Of two at once one comes second, and is let in as well.
  const atOnce = [1, 2, 3].map(() => new Browser('198.51.100.7').logIn(email, PASSWORD))
  expect(await Promise.all(atOnce)).toEqual(['signed-in', 'signed-in', 'signed-in'])
  const renewed = await stored()
  expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await new Browser('198.51.100.7').logIn(email, PASSWORD)).toBe('signed-in')
  expect(await stored()).toBe(renewed)
})

describe('a limit', () => {
  const another = () => createLimits({ pool: stage.app.storage.pool, secret: SECRET, table: LIMITS })

  test('holds over all nodes, and ends with its time', async () => {
    const [one, other] = [another(), another()]
    const under = { 'reset.account': newId() }
    for (let each = 0; each < LIMITS['reset.account'].times; each += 1) await [one, other][each % 2]!.count(under)
    for (const node of [one, other]) {
      await expect(node.count(under)).rejects.toMatchObject({
        code: 'TOO_MANY_REQUESTS',
        message: 'There were too many tries. Please wait 60 minutes, then try again.',
      })
    }
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + LIMITS['reset.account'].seconds * 1000 })
    await expect(another().count(under)).resolves.toBeUndefined()
    vi.useRealTimers()
  })

  test('is not reached by right ones, however many come at once on five nodes', async () => {
    const nodes = Array.from({ length: 5 }, another)
    const [under, { pool }] = [{ 'log-in.account-from-address': newId() }, stage.app.storage]
    const look = async () =>
      (await pool.query<{ isRight: boolean }>('SELECT pg_sleep(0.01) IS NOT NULL AS "isRight"')).rows[0]!
    const tries = Array.from({ length: 100 }, (_, each) =>
      nodes[each % 5]!.attempt(under, look, ({ isRight }) => isRight),
    )
    expect(await Promise.all(tries)).toHaveLength(100)
  })

  test('stores nobody’s address', async () => {
    await another().count({ 'sign-up.address': '203.0.113.200', 'sign-up.account': 'olga@example.com' })
    const { rows } = await stage.app.storage.pool.query<{ key: string }>('SELECT key FROM try_counts')
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.map((row) => row.key).join(' ')).not.toMatch(/203\.0|olga/)
  })

  test('is told to a program by its status and when to try again', async () => {
    const body = { name: 'Olga', email: 'same@example.com', password: 'long enough for it', phone: '' }
    const answers: Response[] = []
    for (let each = 0; each <= LIMITS['sign-up.account'].times; each += 1)
      answers.push(await stage.call('accounts.signUp', { input: { ...body, idempotencyKey: crypto.randomUUID() } }))
    expect(answers.map((each) => each.status)).toEqual([200, 200, 200, 200, 200, 429])
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(3_500)
    expect(await answers.at(-1)?.text()).toContain('There were too many tries. Please wait 60 minutes')
  })
})
