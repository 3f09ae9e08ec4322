import type { PrismaClient } from '../../../../prisma/generated/client.ts'
import type { Tx } from '../../../bus/index.ts'
import { canDemandPasskeyOf } from '../../../web/rights.ts'
import type { UserRole } from '../../../web/trpc/init.ts'
import { ROLES } from '../model/role.ts'

type Settings = Pick<PrismaClient, 'accountSettings'>

/** Whether operators and viewers are members until they come in with a passkey. */
export async function isPasskeyDemanded(prisma: Settings): Promise<boolean> {
  return (await prisma.accountSettings.findFirst())?.isPasskeyDemanded ?? false
}

/** Whether somebody of that role is a member until they do: nothing is asked about members. */
export async function isPasskeyDemandedOf(role: UserRole, prisma: Settings): Promise<boolean> {
  return canDemandPasskeyOf(role) && isPasskeyDemanded(prisma)
}

/** Returns false where it was so already. Until the transaction ends it stays as it is set. */
export async function setPasskeyDemand(tx: Tx, isOn: boolean): Promise<boolean> {
  const set = 'UPDATE account_settings SET is_passkey_demanded = $1 WHERE is_passkey_demanded <> $1 RETURNING 1'
  return (await tx.query(set, [isOn])).length === 1
}

const IS_BY_PASSKEY = `SELECT 1 FROM sessions WHERE id = $1 AND user_id = $2 AND opened_by = 'passkey'`

/** Whether this is a log-in of the user with a passkey. */
export async function isOpenedByPasskey(tx: Tx, sessionId: string, userId: string): Promise<boolean> {
  return (await tx.query(IS_BY_PASSKEY, [sessionId, userId])).length === 1
}

const END_WITHOUT_PASSKEY = `
  DELETE FROM sessions AS s USING users AS u
  WHERE u.id = s.user_id AND s.opened_by <> 'passkey'
    AND (u.role = ANY ($2) OR (u.email_key = ANY ($1) AND u.email_confirmed_at IS NOT NULL))
  RETURNING s.id, s.user_id AS "userId"`

const DEMANDED_OF = ROLES.filter(canDemandPasskeyOf)

/** Ends the log-ins of operators and viewers that were opened without a passkey. */
export function endSessionsWithoutPasskey(
  tx: Tx,
  operatorEmailKeys: readonly string[],
): Promise<{ id: string; userId: string }[]> {
  const keys = operatorEmailKeys.flatMap((key) => tx.personal.lookUps(key))
  return tx.query<{ id: string; userId: string }>(END_WITHOUT_PASSKEY, [keys, DEMANDED_OF])
}
