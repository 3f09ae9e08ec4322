import type { UserRole } from '../../../web/trpc/init.ts'
import { emailKeyOf } from './email-address.ts'

export const ROLES = ['operator', 'viewer', 'member'] as const satisfies readonly UserRole[]

/** A listed address makes an operator once it is confirmed: until then anybody could have typed it. */
export function roleOf(
  user: { email: string; emailConfirmedAt: Date | null; role: string },
  operatorEmails: readonly string[],
): UserRole {
  const isListed = operatorEmails.some((email) => emailKeyOf(email) === emailKeyOf(user.email))
  if (isListed && user.emailConfirmedAt) return 'operator'
  return user.role === 'operator' || user.role === 'viewer' ? user.role : 'member'
}
