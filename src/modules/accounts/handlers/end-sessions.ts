import { handle, type Subscription, type TransactionalContext } from '../../../bus/index.ts'
import { EndSessions, SessionsEnded } from '../messages.ts'
import { endSessions } from '../store.ts'
import { WAITED_FOR } from './waited-for.ts'

/** Logs a person out elsewhere; or, at an operator's wish, everywhere. */
export const endSessionsHandler: Subscription = handle(
  EndSessions,
  WAITED_FOR,
  async function endSessionsOfPerson({ userId, sessionId, keptSessionId, endedBy }, { tx, publish }) {
    const which = { only: sessionId, kept: keptSessionId }
    return { endedSessionIds: await endAndTell({ tx, publish }, userId, which, endedBy) }
  },
)

/** Ends log-ins, and says so when there were any. */
export async function endAndTell(
  { tx, publish }: Pick<TransactionalContext, 'tx' | 'publish'>,
  userId: string,
  which: Parameters<typeof endSessions>[2] = {},
  endedBy?: string,
): Promise<string[]> {
  const ended = await endSessions(tx, userId, which)
  if (ended.length > 0) publish(SessionsEnded, { userId, count: ended.length, ...(endedBy && { endedBy }) })
  return ended
}
