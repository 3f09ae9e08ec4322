import type { PrismaClient } from '../../../prisma/generated/client.ts'
import type { Tx } from '../../bus/index.ts'
import type { WayIn } from '../../web/trpc/init.ts'

export interface NewUser {
  id: string
  email: string
  emailKey: string
  name: string
  phone: string | null
  passwordHash: string
  role: string
  signUpConversationId: string
  emailConfirmedAt: Date | null
}

/** One statement: whoever signs up waits for each way to the database. */
const INSERT_ACCOUNT = `
  WITH account AS (
    INSERT INTO users
      (id, email, email_key, name, phone, password_hash, role, sign_up_conversation_id, email_confirmed_at)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
    WHERE NOT EXISTS (SELECT FROM users WHERE email_key = ANY ($10))
    -- Two sign-ups with one address at once: the second waits for the first, then finds it taken. An error
    -- instead would end the transaction, and with it the refusal.
    ON CONFLICT (email_key) DO NOTHING
    RETURNING id, email_key
  ), confirmation AS (
    INSERT INTO email_confirmations (id, user_id, email_key, token_hash, expires_at)
    SELECT $11, id, email_key, $12, $13::timestamptz FROM account
  ), session AS (
    INSERT INTO sessions (id, user_id, token_hash, expires_at, user_agent, opened_by)
    SELECT $14, id, $15, $16::timestamptz, $17, $18 FROM account WHERE $14::uuid IS NOT NULL
  )
  SELECT FROM account`

export interface NewAccount {
  user: NewUser
  confirmation: NewConfirmation
  /** Null for whoever is logged in later. */
  session: OpenedSession | null
}

/** Returns false when the address is taken: then nothing is stored. */
export async function insertAccount(tx: Tx, { user, confirmation, session }: NewAccount): Promise<boolean> {
  const { id, email, emailKey, name, phone, passwordHash, role, signUpConversationId, emailConfirmedAt } = user
  const seal = (text: string | null) => (text === null ? null : tx.personal.sealText(id, text))
  const [key, ...older] = tx.personal.lookUps(emailKey)
  const values = [
    ...[id, await seal(email), key, await seal(name), await seal(phone), passwordHash, role, signUpConversationId],
    ...[emailConfirmedAt, older, confirmation.id, confirmation.tokenHash, confirmation.expiresAt],
    ...[session?.id, session?.tokenHash, session?.expiresAt, await seal(session?.userAgent ?? null), session?.openedBy],
  ]
  return (await tx.query(INSERT_ACCOUNT, values)).length === 1
}

/** Whether somebody has an account with this id, or is invited to one. */
export async function isKnown(tx: Tx, id: string): Promise<boolean> {
  const found = 'SELECT FROM users WHERE id = $1 UNION ALL SELECT FROM invitations WHERE id = $1'
  return (await tx.query(found, [id])).length > 0
}

const FIRST_ACCOUNT_LOCK = 4_719_001

/** Whether there is no account yet. Held until the transaction ends, so that only one can be the first. */
export async function isFirstAccount(tx: Tx): Promise<boolean> {
  if (await hasUsers(tx)) return false
  await tx.query('SELECT pg_advisory_xact_lock($1)', [FIRST_ACCOUNT_LOCK])
  return !(await hasUsers(tx))
}

async function hasUsers(tx: Tx): Promise<boolean> {
  return (await tx.query('SELECT 1 FROM users LIMIT 1')).length > 0
}

const INSERT_CONFIRMATION = `
  INSERT INTO email_confirmations (id, user_id, email_key, token_hash, expires_at) VALUES ($1, $2, $3, $4, $5)`

export interface NewConfirmation {
  id: string
  tokenHash: string
  expiresAt: Date
}

/** One more, for somebody who has an account. */
export async function insertConfirmation(
  tx: Tx,
  { userId, emailKey }: { userId: string; emailKey: string },
  { id, tokenHash, expiresAt }: NewConfirmation,
): Promise<void> {
  const [key] = tx.personal.lookUps(emailKey)
  await tx.query(INSERT_CONFIRMATION, [id, userId, key, tokenHash, expiresAt])
}

export async function confirmEmail(
  tx: Tx,
  userId: string,
  confirmationId: string,
  now: Date,
): Promise<'confirmed' | 'already-confirmed' | 'expired'> {
  const prisma = await tx.prisma()
  const confirmation = await prisma.emailConfirmation.findFirst({ where: { id: confirmationId, userId } })
  if (!confirmation || (confirmation.expiresAt < now && !confirmation.confirmedAt)) return 'expired'
  const { count } = await prisma.user.updateMany({
    where: { id: userId, emailKey: confirmation.emailKey, emailConfirmedAt: null },
    data: { emailConfirmedAt: now },
  })
  if (count === 0) return 'already-confirmed'
  await prisma.emailConfirmation.update({ where: { id: confirmationId }, data: { confirmedAt: now } })
  return 'confirmed'
}

/** Nobody whose account was deleted. */
export function findUser(prisma: PrismaClient, userId: string) {
  return prisma.user.findUnique({ where: { id: userId, deletedAt: null } })
}

export async function findUserWithin(tx: Tx, userId: string) {
  return (await tx.prisma()).user.findUnique({ where: { id: userId, deletedAt: null } })
}

export function findUserByEmail(prisma: PrismaClient, emailKey: string) {
  return prisma.user.findUnique({ where: { emailKey } })
}

const HOLD_ACCOUNT = `
  SELECT 1 FROM users WHERE id = $1 AND deleted_at IS NULL AND ($2::text IS NULL OR password_hash = $2)
  -- A new password ends all log-ins: one that comes at the same time is before it, and ends, or after it, and is none.
  FOR SHARE`

/**
 * Whether the account is there, and a password that was checked still is its own; null where none was. It stays so until
 * the transaction ends.
 */
export async function holdAccount(tx: Tx, userId: string, passwordHash: string | null): Promise<boolean> {
  return (await tx.query(HOLD_ACCOUNT, [userId, passwordHash])).length === 1
}

const RENEW_PASSWORD_HASH = `
  UPDATE users SET password_hash = $3 WHERE id = $1 AND deleted_at IS NULL AND password_hash = $2 RETURNING id`

/**
 * Keeps another hash of the same password. Returns false where the account is gone, or the hash is not the one that was
 * checked: a password that was changed meanwhile stays changed.
 */
export async function renewPasswordHash(
  tx: Tx,
  userId: string,
  { from, to }: { from: string | null; to: string },
): Promise<boolean> {
  return (await tx.query(RENEW_PASSWORD_HASH, [userId, from, to])).length === 1
}

export async function isEmailTaken(tx: Tx, emailKey: string): Promise<boolean> {
  return (await (await tx.prisma()).user.count({ where: { emailKey } })) > 0
}

/** Null in `previousPasswordHash` takes any. Returns false when the password is another by now. */
export async function setPassword(
  tx: Tx,
  userId: string,
  passwordHash: string,
  { previousPasswordHash, now }: { previousPasswordHash: string | null; now: Date },
): Promise<boolean> {
  const { count } = await (await tx.prisma()).user.updateMany({
    where: { id: userId, ...(previousPasswordHash !== null && { passwordHash: previousPasswordHash }) },
    data: { passwordHash, passwordChangedAt: now },
  })
  return count === 1
}

export async function setName(tx: Tx, userId: string, name: string): Promise<void> {
  await (await tx.prisma()).user.update({ where: { id: userId }, data: { name } })
}

/** To an address that was confirmed just now. */
export async function setEmail(
  tx: Tx,
  userId: string,
  { email, emailKey }: { email: string; emailKey: string },
  now: Date,
): Promise<void> {
  const data = { email, emailKey, emailConfirmedAt: now }
  await (await tx.prisma()).user.update({ where: { id: userId }, data })
}

/** The number that is known to be the person's; null where it was only given. */
export function confirmedPhoneOf(user: { phone: string | null; phoneConfirmedAt: Date | null } | null): string | null {
  return user?.phoneConfirmedAt ? user.phone : null
}

/** To a number that was confirmed just now, or to none. */
export async function setPhone(tx: Tx, userId: string, phone: string | null, now: Date): Promise<void> {
  const data = { phone, phoneConfirmedAt: phone === null ? null : now }
  await (await tx.prisma()).user.update({ where: { id: userId }, data })
}

export function findConfirmation(prisma: PrismaClient, tokenHash: string) {
  return prisma.emailConfirmation.findUnique({ where: { tokenHash } })
}

/** After so long without use a session is over, whenever it would have ended. */
export const SESSION_IDLE_SECONDS = 14 * 24 * 60 * 60

const livingAt = (now: Date) => ({
  expiresAt: { gt: now },
  lastUsedAt: { gt: new Date(now.getTime() - SESSION_IDLE_SECONDS * 1000) },
})

export interface NewSession {
  id: string
  tokenHash: string
  expiresAt: Date
  userAgent: string | null
}

/** With how its person came in. */
export type OpenedSession = NewSession & { openedBy: WayIn }

export async function insertSession(prisma: PrismaClient, userId: string, session: OpenedSession): Promise<void> {
  await prisma.session.create({ data: { userId, ...session } })
}

const INSERT_SESSION = `
  INSERT INTO sessions (id, user_id, token_hash, expires_at, user_agent, opened_by) VALUES ($1, $2, $3, $4, $5, $6)`

/** Not by way of Prisma, whose part in a transaction would cost a person who waits more than the rest of it. */
export async function insertSessionWithin(tx: Tx, userId: string, session: OpenedSession): Promise<void> {
  const { id, tokenHash, expiresAt, userAgent, openedBy } = session
  const sealed = userAgent === null ? null : await tx.personal.sealText(userId, userAgent)
  await tx.query(INSERT_SESSION, [id, userId, tokenHash, expiresAt, sealed, openedBy])
}

export function findSession(prisma: PrismaClient, tokenHash: string, now: Date) {
  return prisma.session.findFirst({
    where: { tokenHash, ...livingAt(now), user: { deletedAt: null } },
    include: { user: true },
  })
}

export async function touchSession(prisma: PrismaClient, sessionId: string, now: Date): Promise<void> {
  await prisma.session.updateMany({ where: { id: sessionId }, data: { lastUsedAt: now } })
}

export async function deleteSession(prisma: PrismaClient, sessionId: string): Promise<void> {
  await prisma.session.deleteMany({ where: { id: sessionId } })
}

/** Those that hold, the one that was used last first. */
export function listSessions(prisma: PrismaClient, userId: string, now: Date) {
  return prisma.session.findMany({
    where: { userId, ...livingAt(now) },
    orderBy: [{ lastUsedAt: 'desc' }, { id: 'desc' }],
    select: { id: true, createdAt: true, lastUsedAt: true, userAgent: true, openedBy: true },
  })
}

const END_SESSIONS = `
  DELETE FROM sessions WHERE user_id = $1 AND ($2::uuid IS NULL OR id = $2) AND ($3::uuid IS NULL OR id <> $3)
  RETURNING id`

/** Ends one log-in of a person, or all; but never the one that is kept. Returns the ids of those that ended. */
export async function endSessions(
  tx: Tx,
  userId: string,
  { only = null, kept = null }: { only?: string | null; kept?: string | null } = {},
): Promise<string[]> {
  const ended = await tx.query<{ id: string }>(END_SESSIONS, [userId, only, kept])
  return ended.map(({ id }) => id)
}

/** Returns how many there were. */
export async function deleteExpiredSessions(tx: Tx, by: Date): Promise<number> {
  const { count } = await (await tx.prisma()).session.deleteMany({ where: { NOT: livingAt(by) } })
  return count
}

export async function deleteExpiredConfirmations(tx: Tx, by: Date): Promise<number> {
  const { count } = await (await tx.prisma()).emailConfirmation.deleteMany({ where: { expiresAt: { lte: by } } })
  return count
}

/** Links and codes that work no more, used or not: returns how many there were. */
export async function deleteExpiredRequests(tx: Tx, by: Date): Promise<number> {
  const prisma = await tx.prisma()
  const where = { expiresAt: { lte: by } }
  const deleted = [
    await prisma.passwordReset.deleteMany({ where }),
    await prisma.emailChange.deleteMany({ where }),
    await prisma.phoneChange.deleteMany({ where }),
    await prisma.invitation.deleteMany({ where }),
  ]
  return deleted.reduce((sum, { count }) => sum + count, 0)
}

export async function findLivingSessions(
  prisma: PrismaClient,
  sessionIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const living = await prisma.session.findMany({
    where: { id: { in: [...sessionIds] }, ...livingAt(now) },
    select: { id: true },
  })
  return living.map((session) => session.id)
}

/** Besides sessions: by which somebody could still get in, or change something. */
const EMPTIED_ON_CLOSING = ['passkeys', 'email_confirmations', 'password_resets', 'email_changes', 'phone_changes']

/** The address is free again, and no look-up by it finds the account any more. */
const CLOSE_ACCOUNT = `
  UPDATE users SET deleted_at = $2, email_key = 'deleted:' || id, password_hash = '' WHERE id = $1`

/** Nobody can log in with it from now on. */
export async function closeAccount(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.query(CLOSE_ACCOUNT, [userId, now])
  for (const table of EMPTIED_ON_CLOSING) await tx.query(`DELETE FROM ${table} WHERE user_id = $1`, [userId])
}
