import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../bus/index.ts'
import { type ApiStage, openApi } from '../../server/testing/api-stage.ts'
import { AddPasskey, RemovePasskey, RenamePasskey, ResetPassword } from './messages.ts'
import { createPasskeys } from './passkeys.ts'
import { countPasskeyUse, findPasskeys, insertChallenge, takeChallenge } from './store/passkeys.ts'

const MINUTE_MS = 60_000

let stage: ApiStage
beforeAll(async () => {
  stage = await openApi()
})
afterAll(() => stage[Symbol.asyncDispose]())

async function aUser(): Promise<string> {
  const id = newId()
  const email = `${id}@example.com`
  await stage.app.storage.prisma.user.create({
    data: { id, email, emailKey: email, name: 'Anna', passwordHash: 'none', signUpConversationId: newId() },
  })
  return id
}

function aPasskey(userId: string, label = 'My phone') {
  const credentialId = Buffer.from(newId()).toString('base64url')
  return { userId, passkeyId: newId(), label, credentialId, publicKey: 'AQID', counter: 0, transports: ['internal'] }
}

async function outcomeOf(passkey: ReturnType<typeof aPasskey>): Promise<string> {
  return (await stage.app.bus.execute(AddPasskey, passkey)).reply.outcome
}

test('a challenge is taken once, by whom it was made for, and not after its time', async () => {
  const { prisma } = stage.app.storage
  const [userId, other, now] = [await aUser(), await aUser(), new Date()]
  const remember = (challengeHash: string, whose: string | null) =>
    insertChallenge(prisma, { challengeHash, userId: whose, expiresAt: new Date(now.getTime() + MINUTE_MS) }, now)
  const take = (challengeHash: string, whose: string | null, afterMs = 0) =>
    takeChallenge(prisma, { challengeHash, userId: whose }, new Date(now.getTime() + afterMs))
  await remember('of-user', userId)
  expect(await take('of-user', other)).toBe(false)
  expect(await take('of-user', null)).toBe(false)
  expect(await take('of-user', userId)).toBe(true)
  expect(await take('of-user', userId)).toBe(false)
  await remember('of-log-in', null)
  expect(await take('of-log-in', userId)).toBe(false)
  expect(await take('of-log-in', null, MINUTE_MS)).toBe(false)
  expect(await take('of-log-in', null, MINUTE_MS - 1)).toBe(true)
})

test('challenges that nobody answered are gone with the next one', async () => {
  const { prisma, pool } = stage.app.storage
  const time = { ms: Date.now() }
  const passkeys = createPasskeys({ prisma, clock: { now: () => new Date(time.ms) }, appUrl: 'http://localhost:3000' })
  await pool.query('DELETE FROM passkey_challenges')
  const { challenge, rpId } = await passkeys.askForKnown()
  expect(rpId).toBe('localhost')
  time.ms += 10 * MINUTE_MS
  await passkeys.askForKnown()
  const { rows } = await pool.query<{ challenge_hash: string }>('SELECT challenge_hash FROM passkey_challenges')
  expect(rows).toHaveLength(1)
  expect(rows[0]?.challenge_hash).not.toContain(challenge)
})

test('a signature is noted once, and never that of a copy', async () => {
  const { prisma } = stage.app.storage
  const userId = await aUser()
  const passkey = { ...aPasskey(userId), counter: 5 }
  expect(await outcomeOf(passkey)).toBe('added')
  const use = (counter: number) => countPasskeyUse(prisma, passkey.passkeyId, counter, new Date())
  expect(await use(5)).toBe(false)
  expect((await Promise.all([use(6), use(6), use(6)])).filter(Boolean)).toHaveLength(1)
  expect(await use(0)).toBe(false)
  const uncounted = aPasskey(userId)
  await outcomeOf(uncounted)
  for (let each = 0; each < 2; each += 1)
    expect(await countPasskeyUse(prisma, uncounted.passkeyId, 0, new Date())).toBe(true)
})

test('a passkey is added, renamed and removed by its person alone, each told by an event', async () => {
  const { bus, storage } = stage.app
  const [userId, other] = [await aUser(), await aUser()]
  const passkey = aPasskey(userId)
  const { passkeyId } = passkey
  expect(await outcomeOf(passkey)).toBe('added')
  expect(await outcomeOf({ ...passkey, passkeyId: newId(), userId: other })).toBe('already-there')
  const rename = async (whose: string) =>
    (await bus.execute(RenamePasskey, { userId: whose, passkeyId, label: 'My old phone' })).reply.outcome
  const remove = async (whose: string) => (await bus.execute(RemovePasskey, { userId: whose, passkeyId })).reply.outcome
  expect([await rename(other), await remove(other)]).toEqual(['unknown', 'unknown'])
  expect(await rename(userId)).toBe('renamed')
  expect(await findPasskeys(storage.prisma, userId)).toMatchObject([{ label: 'My old phone', lastUsedAt: null }])
  const { rows } = await storage.pool.query('SELECT label FROM passkeys WHERE user_id = $1', [userId])
  expect(JSON.stringify(rows)).not.toContain('My old phone')
  expect([await remove(userId), await remove(userId)]).toEqual(['removed', 'unknown'])
  const told = await storage.pool.query<{ name: string }>(
    `SELECT name FROM messages WHERE subject_id = $1 AND kind = 'event' AND name LIKE 'accounts.passkey%' ORDER BY id`,
    [userId],
  )
  expect(told.rows.map((row) => row.name)).toEqual([
    'accounts.passkey-added',
    'accounts.passkey-renamed',
    'accounts.passkey-removed',
  ])
})

test.each([
  [true, 'removed', 0],
  [false, 'kept', 2],
] as const)(
  'a new password by a link takes the passkeys along where that is wanted: %s',
  async (removePasskeys, passkeys, left) => {
    const { bus, storage } = stage.app
    const userId = await aUser()
    for (const label of ['My phone', 'My key']) await outcomeOf(aPasskey(userId, label))
    const resetId = newId()
    const expiresAt = new Date(Date.now() + MINUTE_MS)
    await storage.prisma.passwordReset.create({ data: { id: resetId, userId, tokenHash: resetId, expiresAt } })
    const { reply } = await bus.execute(ResetPassword, { userId, resetId, passwordHash: 'new', removePasskeys })
    expect(reply.outcome).toBe('changed')
    expect(await findPasskeys(storage.prisma, userId)).toHaveLength(left)
    const { rows } = await storage.pool.query<{ passkeys: string }>(
      `SELECT body->>'passkeys' AS passkeys FROM messages WHERE subject_id = $1 AND name = 'accounts.password-changed'`,
      [userId],
    )
    expect(rows).toEqual([{ passkeys }])
  },
)

test('nobody has more than twenty, also when two are added at once', async () => {
  const userId = await aUser()
  for (let each = 0; each < 19; each += 1) expect(await outcomeOf(aPasskey(userId))).toBe('added')
  const outcomes = await Promise.all([outcomeOf(aPasskey(userId)), outcomeOf(aPasskey(userId))])
  expect(outcomes.toSorted()).toEqual(['added', 'too-many'])
})
