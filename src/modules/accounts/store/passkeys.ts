import type { PrismaClient } from '../../../../prisma/generated/client.ts'
import type { Tx } from '../../../bus/index.ts'

export interface NewPasskey {
  id: string
  userId: string
  credentialId: string
  publicKey: Uint8Array<ArrayBuffer>
  counter: number
  transports: string[]
  label: string
}

const INSERT_PASSKEY = `
  INSERT INTO passkeys (id, user_id, credential_id, public_key, counter, transports, label)
  SELECT $1, id, $3, $4, $5, $6, $7 FROM users WHERE id = $2 AND deleted_at IS NULL
  ON CONFLICT (credential_id) DO NOTHING
  RETURNING id`

/** Returns false when the credential is somebody's already, or the account was deleted. */
export async function insertPasskey(tx: Tx, passkey: NewPasskey): Promise<boolean> {
  const { id, userId, credentialId, publicKey, counter, transports, label } = passkey
  const sealedLabel = await tx.personal.sealText(userId, label)
  const values = [id, userId, credentialId, Buffer.from(publicKey), counter, transports, sealedLabel]
  return (await tx.query(INSERT_PASSKEY, values)).length === 1
}

/** Those of a user are locked until the transaction ends, so that two at once do not pass the most that are allowed. */
export async function countPasskeys(tx: Tx, userId: string): Promise<number> {
  await tx.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [userId])
  return (await tx.prisma()).passkey.count({ where: { userId } })
}

/** Returns false when the user has no such passkey. */
export async function renamePasskey(tx: Tx, userId: string, id: string, label: string): Promise<boolean> {
  const { count } = await (await tx.prisma()).passkey.updateMany({ where: { id, userId }, data: { label } })
  return count === 1
}

/** Returns what it was called, or null when the user has no such passkey. */
export async function deletePasskey(tx: Tx, userId: string, id: string): Promise<string | null> {
  const [deleted] = await tx.query<{ label: string }>(
    'DELETE FROM passkeys WHERE id = $1 AND user_id = $2 RETURNING label',
    [id, userId],
  )
  return deleted ? ((await tx.personal.openText(deleted.label)) ?? '') : null
}

/** Returns how many there were. */
export async function deletePasskeysOf(tx: Tx, userId: string): Promise<number> {
  return (await tx.query('DELETE FROM passkeys WHERE user_id = $1 RETURNING id', [userId])).length
}

export function findPasskeys(prisma: PrismaClient, userId: string) {
  return prisma.passkey.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })
}

export function findPasskeyByCredential(prisma: PrismaClient, credentialId: string) {
  return prisma.passkey.findUnique({ where: { credentialId } })
}

/**
 * Notes the count of a signature that was checked. Returns false when a signature with this count, or a later one, was
 * noted meanwhile: the same one twice, or one of a copy. Devices that do not count say 0 each time.
 */
export async function countPasskeyUse(prisma: PrismaClient, id: string, counter: number, now: Date): Promise<boolean> {
  const { count } = await prisma.passkey.updateMany({
    where: { id, counter: counter === 0 ? 0 : { lt: counter } },
    data: { counter, lastUsedAt: now },
  })
  return count === 1
}

interface Challenge {
  challengeHash: string
  /** Null: of somebody who logs in. */
  userId: string | null
  expiresAt: Date
}

export async function insertChallenge(prisma: PrismaClient, challenge: Challenge, now: Date): Promise<void> {
  await prisma.$transaction([
    prisma.passkeyChallenge.deleteMany({ where: { expiresAt: { lt: now } } }),
    prisma.passkeyChallenge.create({ data: challenge }),
  ])
}

/** Returns whether it was there for this user: it is not, from then on. */
export async function takeChallenge(
  prisma: PrismaClient,
  { challengeHash, userId }: Omit<Challenge, 'expiresAt'>,
  now: Date,
): Promise<boolean> {
  const where = { challengeHash, userId, expiresAt: { gt: now } }
  const { count } = await prisma.passkeyChallenge.deleteMany({ where })
  return count === 1
}
