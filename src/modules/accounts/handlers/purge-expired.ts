import { handle, type Subscription } from '../../../bus/index.ts'
import { PurgeExpired } from '../messages.ts'
import { deleteExpiredConfirmations, deleteExpiredRequests, deleteExpiredSessions } from '../store.ts'

/** A link that has expired says so for this long; after that it is unknown. */
const KEEP_CONFIRMATIONS_MS = 30 * 24 * 60 * 60_000

/** Removes expired sessions and links: every night, and as often as anybody asks. */
export function purgeExpiredHandler(): Subscription {
  return handle(PurgeExpired, {}, async function purgeExpired({ expiredBy }, { tx }) {
    const by = new Date(expiredBy)
    return {
      sessions: await deleteExpiredSessions(tx, by),
      confirmations: await deleteExpiredConfirmations(tx, new Date(by.getTime() - KEEP_CONFIRMATIONS_MS)),
      requests: await deleteExpiredRequests(tx, by),
    }
  })
}
