import { z } from 'zod'
import type { Sealer } from '../../bus/index.ts'
import type { RequestContext } from '../../web/trpc/init.ts'

/** A sign-up that was accepted, but not answered in time: logs its own person in once the account is there. */
export const PENDING_COOKIE = 'waybill-pending'
const PENDING_SECONDS = 60 * 60

const pendingSchema = z.object({ userId: z.uuid(), expiresAt: z.number() })

export function sealPending(cookies: RequestContext['cookies'], sealer: Sealer, userId: string, now: Date): void {
  const expiresAt = now.getTime() + PENDING_SECONDS * 1000
  cookies.set(PENDING_COOKIE, sealer.seal(JSON.stringify({ userId, expiresAt })), { maxAgeSeconds: PENDING_SECONDS })
}

/** The user id of the sign-up that waits, or null when there is none or the cookie is not ours. */
export function openPending(cookies: RequestContext['cookies'], sealer: Sealer, now: Date): string | null {
  const sealed = cookies.get(PENDING_COOKIE)
  if (!sealed) return null
  try {
    const { userId, expiresAt } = pendingSchema.parse(JSON.parse(sealer.open(sealed)))
    return expiresAt > now.getTime() ? userId : null
  } catch {
    return null
  }
}
