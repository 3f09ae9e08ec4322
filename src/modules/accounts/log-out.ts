import { type BodyOf, type Bus, BusError } from '../../bus/index.ts'
import type { RequestContext } from '../../web/trpc/init.ts'
import { CloseSession } from './messages.ts'
import type { Sessions } from './sessions.ts'

interface Parts {
  bus: Bus
  sessions: Sessions
}

/** Longer than it takes; whoever logs out at a browser of others does not stand there for it. */
const REPLY_TIMEOUT_MS = 2_000

/** Ends the log-in that asks. It is over when this returns; where the bus is slow, what tells of it comes later. */
export async function endOwnLogIn(
  { bus, sessions }: Parts,
  { session, userAgent }: RequestContext,
  why: BodyOf<typeof CloseSession>['why'],
): Promise<void> {
  if (!session) return
  const { sessionId, user } = session
  // However often it is clicked, it is told once.
  const options = { idempotencyKey: `close:${sessionId}`, timeoutMs: REPLY_TIMEOUT_MS }
  try {
    await bus.execute(CloseSession, { userId: user.userId, sessionId, userAgent, why }, options)
    sessions.tellClosed([sessionId])
  } catch (error) {
    await sessions.close(sessionId)
    if (!(error instanceof BusError)) throw error
  }
}
