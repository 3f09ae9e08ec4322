import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type BodyOf,
  busModule,
  type CommandDefinition,
  type EventDefinition,
  newId,
  type ReplyOf,
  subscribe,
} from '../../bus/index.ts'
import { createTestBus, TEST_SECRET, type TestBus } from '../../bus/testing/index.ts'
import type { PostgresStorage } from '../../postgres/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { openTestStorage } from '../../server/testing/test-storage.ts'
import { createAccountsModule } from './index.ts'
import {
  ChangeName,
  ChangePassword,
  ChangeRole,
  CloseSession,
  ConfirmEmailChange,
  ConfirmPhone,
  CreateUser,
  DeleteAccount,
  EmailChanged,
  EmailChangeRequested,
  EmailConfirmed,
  EndSessions,
  InvitationCreated,
  InvitePerson,
  LoggedIn,
  LoggedOut,
  NameChanged,
  OpenSession,
  PasswordChanged,
  PasswordResetRequested,
  PhoneChanged,
  PhoneChangeRequested,
  RemovePhone,
  RequestConfirmation,
  RequestEmailChange,
  RequestPasswordReset,
  RequestPhoneChange,
  ResetPassword,
  RoleChanged,
  SessionsEnded,
  UserAccountCreated,
  WithdrawEmailChange,
  WithdrawInvitation,
} from './messages.ts'
import { findEmailChange } from './store/email-changes.ts'
import { findPasswordReset } from './store/password-resets.ts'
import { listPeople } from './store/roles.ts'
import { findUser } from './store.ts'
import { hashToken } from './token.ts'

const MINUTE_MS = 60_000
const TOLD = [
  ...[UserAccountCreated, EmailConfirmed, NameChanged, PasswordResetRequested, PasswordChanged, EmailChangeRequested],
  ...[EmailChanged, PhoneChangeRequested, PhoneChanged, SessionsEnded, InvitationCreated, RoleChanged, LoggedIn],
  LoggedOut,
] as EventDefinition[]

let database: TestDatabase
let storage: PostgresStorage
let test: TestBus
let told: { name: string; body: Record<string, unknown> }[]
let time: number

beforeAll(async () => {
  database = await createTestDatabase()
  storage = openTestStorage(database.url)
})
afterAll(async () => {
  await storage.stop()
  await database.drop()
})
beforeEach(() => {
  told = []
  time = Date.now()
  const clock = { now: () => new Date(time) }
  const options = {
    clock,
    firstAccountIsOperator: false,
    operatorEmails: ['named@example.com'],
    secret: TEST_SECRET,
    keys: storage.personKeys,
  }
  const listener = {
    name: 'listener',
    messages: [],
    subscriptions: TOLD.map((event) =>
      subscribe(event, `listener.${event.name.replace('.', '-')}`, {}, async (body) => {
        told.push({ name: event.name, body: body as Record<string, unknown> })
      }),
    ),
  }
  test = createTestBus(storage, [busModule, createAccountsModule(options), listener])
  return () => test.stop()
})

async function ask<D extends CommandDefinition>(command: D, body: BodyOf<D>): Promise<ReplyOf<D>> {
  let reply: { reply: ReplyOf<D> } | undefined
  const answered = test.bus.execute(command, body).then((answer) => {
    reply = answer
  })
  await vi.waitFor(
    async () => {
      await test.drain()
      if (!reply) throw new Error('no reply yet')
    },
    { interval: 5, timeout: 10_000 },
  )
  await answered
  return reply!.reply
}

const newest = <D extends EventDefinition>(event: D): BodyOf<D> => {
  const found = told.findLast((each) => each.name === event.name)
  if (!found) throw new Error(`${event.name} was not told`)
  return found.body as BodyOf<D>
}
const names = () => told.map((each) => each.name)

async function somebody(email = `${newId()}@example.com`): Promise<string> {
  const userId = newId()
  await ask(CreateUser, { userId, name: 'Anna Berg', email, phone: null, passwordHash: 'first hash' })
  told.length = 0
  return userId
}

async function openSession(userId: string): Promise<string> {
  const id = newId()
  const expiresAt = new Date(time + MINUTE_MS)
  await storage.prisma.session.create({ data: { id, userId, tokenHash: id, expiresAt } })
  return id
}
const sessionsOf = async (userId: string) =>
  (await storage.prisma.session.findMany({ where: { userId } })).map((each) => each.id)

describe('a log-in', () => {
  const open = (userId: string, passwordHash: string | null, renewedPasswordHash?: string) => {
    const expiresAt = new Date(time + MINUTE_MS).toISOString()
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Firefox/143.0'
    return ask(OpenSession, {
      userId,
      passwordHash,
      ...(renewedPasswordHash && { renewedPasswordHash }),
      session: { id: newId(), tokenHash: newId(), expiresAt, userAgent },
    })
  }

  it('is told with its device, and how the person showed who they are', async () => {
    const userId = await somebody()
    expect(await open(userId, 'first hash')).toEqual({ outcome: 'opened' })
    expect(newest(LoggedIn)).toEqual({ userId, how: 'password', device: 'Firefox on Linux' })
    expect(await open(userId, null)).toEqual({ outcome: 'opened' })
    expect(newest(LoggedIn)).toMatchObject({ how: 'passkey' })
    expect(await sessionsOf(userId)).toHaveLength(2)
  })

  it('renews the hash of the password that was checked, and no other one', async () => {
    const userId = await somebody()
    const stored = async () => (await findUser(storage.prisma, userId))?.passwordHash
    expect(await open(userId, 'the hash before', 'renewed hash')).toEqual({ outcome: 'changed-meanwhile' })
    expect(await stored()).toBe('first hash')
    expect(await open(userId, 'first hash', 'renewed hash')).toEqual({ outcome: 'opened' })
    expect(await stored()).toBe('renewed hash')
  })

  it('ends where its person says so, which is told though it was over', async () => {
    const [userId, other] = [await somebody(), await somebody()]
    const [sessionId, kept] = [await openSession(userId), await openSession(other)]
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Firefox/143.0'
    for (let each = 0; each < 2; each += 1) {
      told.length = 0
      expect(await ask(CloseSession, { userId, sessionId, userAgent, why: 'log-out' })).toEqual({})
      expect(newest(LoggedOut)).toEqual({ userId, device: 'Firefox on Linux', why: 'log-out' })
      expect(await sessionsOf(userId)).toEqual([])
    }
    await ask(CloseSession, { userId, sessionId: kept, userAgent, why: 'log-out' })
    expect(await sessionsOf(other)).toEqual([kept])
  })

  it('is none where the password is another by then, or the account is gone', async () => {
    const userId = await somebody()
    expect(await open(userId, 'the hash before')).toEqual({ outcome: 'changed-meanwhile' })
    await ask(DeleteAccount, { userId })
    for (const passwordHash of ['', null])
      expect(await open(userId, passwordHash)).toEqual({ outcome: 'changed-meanwhile' })
    expect([names().includes(LoggedIn.name), await sessionsOf(userId)]).toEqual([false, []])
  })

  it('at the same time as a new password ends with the one before', async () => {
    const userId = await somebody()
    const keptSessionId = await openSession(userId)
    const change = { userId, passwordHash: 'second hash', previousPasswordHash: 'first hash', keptSessionId }
    await Promise.all([ask(ChangePassword, change), ...Array.from({ length: 5 }, () => open(userId, 'first hash'))])
    expect(await sessionsOf(userId)).toEqual([keptSessionId])
  })
})

describe('a sign-up', () => {
  it('lets its person in, and the log-in says how', async () => {
    const userId = newId()
    const session = { id: newId(), tokenHash: newId(), expiresAt: new Date(time + MINUTE_MS).toISOString() }
    const person = { userId, name: 'Trillian', email: `${userId}@example.com`, phone: null, passwordHash: 'x' }
    await ask(CreateUser, { ...person, session: { ...session, userAgent: null } })
    const stored = await storage.prisma.session.findMany({ where: { userId } })
    expect(stored).toMatchObject([{ id: session.id, openedBy: 'sign-up' }])
  })

  it('that is refused leaves no key by which what was typed could be read, and takes nobody else’s', async () => {
    const owner = await somebody()
    const { email } = (await findUser(storage.prisma, owner))!
    const refused = { userId: newId(), name: 'Trillian', email, phone: null, passwordHash: 'x' }
    expect(await ask(CreateUser, refused)).toEqual({ outcome: 'email-taken' })
    expect(await ask(CreateUser, { ...refused, userId: owner })).toEqual({ outcome: 'email-taken' })
    const ids = async (text: string) => (await storage.pool.query<{ id: string }>(text)).rows.map(({ id }) => id)
    const keys = await ids('SELECT person_id AS id FROM person_keys')
    expect([keys.includes(refused.userId), keys.includes(owner)]).toEqual([false, true])
    expect(await ids('SELECT subject_id AS id FROM messages')).toContain(refused.userId)
  })
})

describe('a name', () => {
  it('is changed, and the change told, once', async () => {
    const userId = await somebody()
    expect(await ask(ChangeName, { userId, name: 'Anna Tal' })).toEqual({ outcome: 'changed' })
    expect(await ask(ChangeName, { userId, name: 'Anna Tal' })).toEqual({ outcome: 'unchanged' })
    expect(await ask(ChangeName, { userId: newId(), name: 'Nobody' })).toEqual({ outcome: 'unknown' })
    expect(told).toEqual([{ name: NameChanged.name, body: { userId, name: 'Anna Tal' } }])
    expect(await findUser(storage.prisma, userId)).toMatchObject({ name: 'Anna Tal' })
  })
})

describe('another confirmation', () => {
  it('is a link of its own, until the address is confirmed', async () => {
    const userId = await somebody()
    expect(await ask(RequestConfirmation, { userId })).toEqual({ outcome: 'requested' })
    expect(await storage.prisma.emailConfirmation.count({ where: { userId } })).toBe(2)
    await storage.prisma.user.update({ where: { id: userId }, data: { emailConfirmedAt: new Date() } })
    expect(await ask(RequestConfirmation, { userId })).toEqual({ outcome: 'already-confirmed' })
  })
})

describe('a password reset', () => {
  const request = async (userId: string) => {
    expect(await ask(RequestPasswordReset, { userId })).toEqual({ outcome: 'requested' })
    const { resetToken } = newest(PasswordResetRequested)
    return (await findPasswordReset(storage.prisma, hashToken(resetToken), new Date(time)))!.id
  }

  it('works once, and ends every log-in', async () => {
    const userId = await somebody()
    await openSession(userId)
    await openSession(userId)
    const resetId = await request(userId)
    const reply = await ask(ResetPassword, { userId, resetId, passwordHash: 'second hash' })
    expect(reply).toMatchObject({ outcome: 'changed', endedSessionIds: [expect.any(String), expect.any(String)] })
    expect(await sessionsOf(userId)).toEqual([])
    expect(newest(PasswordChanged)).toMatchObject({ userId, how: 'reset' })
    expect(newest(SessionsEnded)).toEqual({ userId, count: 2 })
    const again = { userId, resetId, passwordHash: 'third hash' }
    expect(await ask(ResetPassword, again)).toEqual({ outcome: 'expired' })
    expect(await findUser(storage.prisma, userId)).toMatchObject({ passwordHash: 'second hash' })
  })

  it('ends after an hour, with its use, and with another that was used', async () => {
    const userId = await somebody()
    const [first, second] = [await request(userId), await request(userId)]
    await ask(ResetPassword, { userId, resetId: second, passwordHash: 'second hash' })
    expect(await ask(ResetPassword, { userId, resetId: first, passwordHash: 'x' })).toEqual({ outcome: 'expired' })
    const late = await request(userId)
    time += 60 * MINUTE_MS
    expect(await ask(ResetPassword, { userId, resetId: late, passwordHash: 'x' })).toEqual({ outcome: 'expired' })
  })

  it('is of nobody else', async () => {
    const [userId, other] = [await somebody(), await somebody()]
    const resetId = await request(userId)
    const reply = await ask(ResetPassword, { userId: other, resetId, passwordHash: 'x' })
    expect(reply).toEqual({ outcome: 'expired' })
  })

  it('for an address that nobody has leads to nothing', async () => {
    expect(await ask(RequestPasswordReset, { userId: newId() })).toEqual({ outcome: 'unknown' })
    expect(told).toEqual([])
  })

  it('takes the account back from whoever wants it at another address', async () => {
    const userId = await somebody()
    await ask(RequestEmailChange, { userId, email: `${newId()}@evil.example` })
    const resetId = await request(userId)
    await ask(ResetPassword, { userId, resetId, passwordHash: 'second hash' })
    const { confirmationToken } = newest(EmailChangeRequested)
    expect(await findEmailChange(storage.prisma, hashToken(confirmationToken))).toBeNull()
  })
})

describe('a change of password', () => {
  it('ends the other log-ins, and none where the password is another by now', async () => {
    const userId = await somebody()
    const [kept, other] = [await openSession(userId), await openSession(userId)]
    const change = { userId, passwordHash: 'second hash', previousPasswordHash: 'first hash', keptSessionId: kept }
    expect(await ask(ChangePassword, change)).toEqual({ outcome: 'changed', endedSessionIds: [other] })
    expect(await sessionsOf(userId)).toEqual([kept])
    expect(await ask(ChangePassword, change)).toEqual({ outcome: 'changed-meanwhile' })
    expect(newest(PasswordChanged)).toMatchObject({ userId, how: 'changed' })
  })

  it('takes the account back from whoever wants it at another address', async () => {
    const userId = await somebody()
    await ask(RequestEmailChange, { userId, email: `${newId()}@evil.example` })
    const change = { userId, passwordHash: 'second hash', previousPasswordHash: 'first hash', keptSessionId: newId() }
    await ask(ChangePassword, change)
    const { confirmationToken } = newest(EmailChangeRequested)
    expect(await findEmailChange(storage.prisma, hashToken(confirmationToken))).toBeNull()
  })
})

describe('a change of address', () => {
  const requestTo = async (userId: string, email: string) => {
    expect(await ask(RequestEmailChange, { userId, email })).toEqual({ outcome: 'requested' })
    const { confirmationToken } = newest(EmailChangeRequested)
    return (await findEmailChange(storage.prisma, hashToken(confirmationToken)))!.id
  }

  it('waits for the confirmation, then tells both addresses', async () => {
    const before = `${newId()}@example.com`
    const userId = await somebody(before)
    const after = `${newId()}@new.example`
    const changeId = await requestTo(userId, after)
    expect(newest(EmailChangeRequested)).toMatchObject({ userId, email: after, previousEmail: before })
    expect(await findUser(storage.prisma, userId)).toMatchObject({ email: before })
    expect(await ask(ConfirmEmailChange, { userId, changeId })).toEqual({ outcome: 'changed' })
    expect(await findUser(storage.prisma, userId)).toMatchObject({
      email: after,
      emailKey: after,
      emailConfirmedAt: expect.any(Date),
    })
    expect(newest(EmailChanged)).toMatchObject({ userId, email: after, previousEmail: before })
    expect(await ask(ConfirmEmailChange, { userId, changeId })).toEqual({ outcome: 'already-confirmed' })
  })

  it('confirms the address of somebody who had confirmed none, once', async () => {
    const userId = await somebody()
    const first = await requestTo(userId, `${newId()}@new.example`)
    await ask(ConfirmEmailChange, { userId, changeId: first })
    expect(newest(EmailConfirmed)).toEqual({ userId })
    const second = await requestTo(userId, `${newId()}@new.example`)
    await ask(ConfirmEmailChange, { userId, changeId: second })
    expect(names().filter((each) => each === EmailConfirmed.name)).toEqual([EmailConfirmed.name])
  })

  it('to an address that somebody has is answered like any other, until it is confirmed', async () => {
    const theirs = `${newId()}@example.com`
    await somebody(theirs)
    const userId = await somebody()
    const changeId = await requestTo(userId, theirs.toUpperCase())
    expect(await ask(ConfirmEmailChange, { userId, changeId })).toEqual({ outcome: 'taken' })
  })

  it('is won by one of two who confirm one address at once', async () => {
    const wanted = `${newId()}@example.com`
    const people = [await somebody(), await somebody()]
    const changes = []
    for (const userId of people) changes.push({ userId, changeId: await requestTo(userId, wanted) })
    for (const each of changes) await test.bus.send(ConfirmEmailChange, each)
    await vi.waitFor(
      async () => {
        await test.drain()
        const { rows } = await storage.pool.query(
          `SELECT FROM deliveries WHERE subscription = 'accounts.confirm-email-change' AND state <> 'succeeded'`,
        )
        expect(rows).toEqual([])
      },
      { timeout: 10_000 },
    )
    expect(names().filter((name) => name === EmailChanged.name)).toHaveLength(1)
  })

  it('ends with another, with its time, and when it is withdrawn', async () => {
    const userId = await somebody()
    const first = await requestTo(userId, `${newId()}@new.example`)
    const second = await requestTo(userId, `${newId()}@new.example`)
    expect(await ask(ConfirmEmailChange, { userId, changeId: first })).toEqual({ outcome: 'expired' })
    expect(await ask(WithdrawEmailChange, { userId })).toEqual({ outcome: 'withdrawn' })
    expect(await ask(WithdrawEmailChange, { userId })).toEqual({ outcome: 'none' })
    expect(await ask(ConfirmEmailChange, { userId, changeId: second })).toEqual({ outcome: 'expired' })
    const late = await requestTo(userId, `${newId()}@new.example`)
    time += 24 * 60 * MINUTE_MS
    expect(await ask(ConfirmEmailChange, { userId, changeId: late })).toEqual({ outcome: 'expired' })
  })

  it('to the present one is none', async () => {
    const email = `${newId()}@example.com`
    const userId = await somebody(email)
    expect(await ask(RequestEmailChange, { userId, email: email.toUpperCase() })).toEqual({ outcome: 'unchanged' })
  })

  it('makes links to a new password useless that went to the previous one', async () => {
    const userId = await somebody()
    await ask(RequestPasswordReset, { userId })
    const { resetToken } = newest(PasswordResetRequested)
    await ask(ConfirmEmailChange, { userId, changeId: await requestTo(userId, `${newId()}@new.example`) })
    expect(await findPasswordReset(storage.prisma, hashToken(resetToken), new Date(time))).toBeNull()
  })
})

describe('a phone number', () => {
  const phone = '+491701234567'
  const other = '+491707654321'
  const requestCode = async (userId: string, wanted = phone) => {
    expect(await ask(RequestPhoneChange, { userId, phone: wanted })).toEqual({ outcome: 'requested' })
    return newest(PhoneChangeRequested).code
  }
  const wrong = (code: string) => (code === '000000' ? '000001' : '000000')

  it('is the person’s once the code is there, and can be taken away', async () => {
    const userId = await somebody()
    const code = await requestCode(userId)
    expect(await findUser(storage.prisma, userId)).toMatchObject({ phone: null })
    expect(await ask(ConfirmPhone, { userId, code })).toEqual({ outcome: 'confirmed' })
    expect(await findUser(storage.prisma, userId)).toMatchObject({ phone, phoneConfirmedAt: expect.any(Date) })
    expect(newest(PhoneChanged)).toEqual({ userId, phone, how: 'added' })
    expect(await ask(ConfirmPhone, { userId, code })).toEqual({ outcome: 'expired' })
    expect(await ask(RequestPhoneChange, { userId, phone })).toEqual({ outcome: 'unchanged' })
    expect(await ask(ConfirmPhone, { userId, code: await requestCode(userId, other) })).toEqual({
      outcome: 'confirmed',
    })
    expect(newest(PhoneChanged)).toEqual({ userId, phone: other, how: 'changed', previousPhone: phone })
    expect(await ask(RemovePhone, { userId })).toEqual({ outcome: 'removed' })
    expect(newest(PhoneChanged)).toEqual({ userId, phone: null, how: 'removed', previousPhone: other })
    expect(await ask(RemovePhone, { userId })).toEqual({ outcome: 'none' })
  })

  it('is not confirmed by guessing: five tries, then the right code is useless too', async () => {
    const userId = await somebody()
    const code = await requestCode(userId)
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      expect(await ask(ConfirmPhone, { userId, code: wrong(code) })).toEqual({ outcome: 'wrong', triesLeft })
    }
    expect(await ask(ConfirmPhone, { userId, code })).toEqual({ outcome: 'expired' })
  })

  it('has a code that ends after ten minutes, and with the next one', async () => {
    const userId = await somebody()
    const first = await requestCode(userId)
    const second = await requestCode(userId)
    if (first !== second) {
      expect(await ask(ConfirmPhone, { userId, code: first })).toEqual({ outcome: 'wrong', triesLeft: 4 })
    }
    time += 10 * MINUTE_MS
    expect(await ask(ConfirmPhone, { userId, code: second })).toEqual({ outcome: 'expired' })
  })

  it('leaves no code behind that could be read', async () => {
    const userId = await somebody()
    const code = await requestCode(userId)
    const { rows } = await storage.pool.query<{ text: string }>(
      `SELECT body::text AS text FROM messages WHERE subject_id = $1
       UNION ALL SELECT to_jsonb(p)::text FROM phone_changes AS p WHERE user_id = $1`,
      [userId],
    )
    expect(rows.length).toBeGreaterThan(2)
    for (const { text } of rows) expect(text.includes(`"${code}"`)).toBe(false)
  })
})

describe('log-ins', () => {
  it('are ended one by one, or all but one, and only one’s own', async () => {
    const [userId, other] = [await somebody(), await somebody()]
    const [here, there, elsewhere] = [
      await openSession(userId),
      await openSession(userId),
      await openSession(userId),
    ] as const
    const theirs = await openSession(other)
    const end = (sessionId: string | null) => ask(EndSessions, { userId, sessionId, keptSessionId: here })
    expect(await end(theirs)).toEqual({ endedSessionIds: [] })
    expect(await end(there)).toEqual({ endedSessionIds: [there] })
    expect(await end(null)).toEqual({ endedSessionIds: [elsewhere] })
    expect(await end(null)).toEqual({ endedSessionIds: [] })
    expect(await sessionsOf(userId)).toEqual([here])
    expect(await sessionsOf(other)).toEqual([theirs])
    expect(names()).toEqual([SessionsEnded.name, SessionsEnded.name])
  })
})

describe('an invitation', () => {
  const invite = async (email: string) => {
    const userId = newId()
    const reply = await ask(InvitePerson, { userId, email, role: 'viewer', invitedBy: newId() })
    return { userId, reply }
  }
  const accept = (userId: string, email: string) =>
    ask(CreateUser, { userId, name: 'Ines', email, phone: null, passwordHash: 'x', isInvited: true })

  it('gives its role to whoever follows it, once, with a confirmed address', async () => {
    const email = `${newId()}@example.com`
    const { userId } = await invite(email)
    expect(await accept(userId, email)).toEqual({ outcome: 'created', userId })
    const user = await findUser(storage.prisma, userId)
    expect(user).toMatchObject({ role: 'viewer', emailConfirmedAt: expect.any(Date) })
    expect(newest(UserAccountCreated)).toMatchObject({ userId, emailConfirmed: true })
    expect(names()).toContain(EmailConfirmed.name)
    expect(await accept(userId, email)).toEqual({ outcome: 'invitation-expired' })
  })

  it('holds for its address alone, until it ends, is withdrawn or replaced', async () => {
    const email = `${newId()}@example.com`
    const { userId } = await invite(email)
    const expired = { outcome: 'invitation-expired' }
    expect(await accept(userId, `${newId()}@example.com`)).toEqual(expired)
    const { userId: second } = await invite(email.toUpperCase())
    expect(await accept(userId, email)).toEqual(expired)
    expect(await ask(WithdrawInvitation, { userId: second, withdrawnBy: newId() })).toEqual({ outcome: 'withdrawn' })
    expect(await ask(WithdrawInvitation, { userId: second, withdrawnBy: newId() })).toEqual({ outcome: 'gone' })
    expect(await accept(second, email)).toEqual(expired)
    const { userId: third } = await invite(email)
    time += 7 * 24 * 60 * MINUTE_MS
    expect(await accept(third, email)).toEqual(expired)
  })

  it('is not for somebody who is here', async () => {
    const email = `${newId()}@example.com`
    await somebody(email)
    expect((await invite(email)).reply).toEqual({ outcome: 'has-account' })
  })
})

describe('a role', () => {
  const changedBy = newId()
  const change = (userId: string, role: 'operator' | 'viewer' | 'member') =>
    ask(ChangeRole, { userId, role, changedBy })
  beforeEach(async () => {
    await storage.prisma.user.updateMany({ data: { role: 'member' } })
  })

  it('is changed with the end of what was begun in the one before', async () => {
    const userId = await somebody()
    const session = await openSession(userId)
    expect(await change(userId, 'viewer')).toEqual({ outcome: 'changed', endedSessionIds: [session] })
    expect(newest(RoleChanged)).toEqual({ userId, role: 'viewer', previousRole: 'member', changedBy })
    expect(await change(userId, 'viewer')).toEqual({ outcome: 'unchanged' })
    expect(await change(newId(), 'viewer')).toEqual({ outcome: 'unknown' })
  })

  it('of the last operator stays', async () => {
    const [first, second] = [await somebody(), await somebody()]
    await change(first, 'operator')
    expect(await change(first, 'member')).toEqual({ outcome: 'last-operator' })
    await change(second, 'operator')
    await Promise.all([
      test.bus.send(ChangeRole, { userId: first, role: 'member', changedBy }),
      test.bus.send(ChangeRole, { userId: second, role: 'member', changedBy }),
    ])
    await test.drain()
    expect(await storage.prisma.user.count({ where: { role: 'operator' } })).toBe(1)
  })

  it('of the last operator keeps the account, and one of a deleted account counts no more', async () => {
    const [first, second] = [await somebody(), await somebody()]
    await change(first, 'operator')
    expect(await ask(DeleteAccount, { userId: first })).toEqual({ outcome: 'last-operator' })
    await change(second, 'operator')
    const session = await openSession(first)
    expect(await ask(DeleteAccount, { userId: first })).toEqual({ outcome: 'deleted', endedSessionIds: [session] })
    expect(await change(second, 'member')).toEqual({ outcome: 'last-operator' })
    const { people } = await listPeople(storage.prisma, null)
    expect(people.map((each) => each.id)).not.toContain(first)
  })

  it('of whoever the settings name is an operator’s, which counts as one', async () => {
    const named = await somebody('named@example.com')
    await storage.prisma.user.update({ where: { id: named }, data: { emailConfirmedAt: new Date() } })
    expect(await change(named, 'member')).toEqual({ outcome: 'named-operator' })
    const other = await somebody()
    await change(other, 'operator')
    expect(await change(other, 'member')).toMatchObject({ outcome: 'changed' })
  })
})
