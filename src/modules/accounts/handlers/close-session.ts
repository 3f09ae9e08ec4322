import { alwaysRunning, handle, type Subscription } from '../../../bus/index.ts'
import { CloseSession, LoggedOut } from '../messages.ts'
import { deviceOf } from '../model/device.ts'
import { endSessions } from '../store.ts'
import { WAITED_FOR } from './waited-for.ts'

/** Logs somebody out. Told also where the log-in is over by then: whoever could not wait for this has ended it. */
export const closeSession: Subscription = alwaysRunning(
  handle(
    CloseSession,
    WAITED_FOR,
    async function closeSessionOfBrowser({ userId, sessionId, userAgent, why }, { tx, publish }) {
      await endSessions(tx, userId, { only: sessionId })
      publish(LoggedOut, { userId, device: deviceOf(userAgent).words, why })
      return {}
    },
  ),
  'Nobody’s log-out would be written down.',
)
