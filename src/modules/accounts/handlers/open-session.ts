import { alwaysRunning, handle, type Subscription } from '../../../bus/index.ts'
import { LoggedIn, OpenSession } from '../messages.ts'
import { deviceOf } from '../model/device.ts'
import { holdAccount, insertSessionWithin, renewPasswordHash } from '../store.ts'
import { WAITED_FOR } from './waited-for.ts'

/** Lets somebody in, unless the password is another by now or the account is gone. */
export const openSession: Subscription = alwaysRunning(
  handle(OpenSession, WAITED_FOR, async function openSessionOfPerson(command, { tx, publish }) {
    const { userId, session, passwordHash, renewedPasswordHash } = command
    const isHeld = renewedPasswordHash
      ? await renewPasswordHash(tx, userId, { from: passwordHash, to: renewedPasswordHash })
      : await holdAccount(tx, userId, passwordHash)
    if (!isHeld) return { outcome: 'changed-meanwhile' as const }
    const how = command.how ?? (passwordHash === null ? 'passkey' : 'password')
    const expiresAt = new Date(session.expiresAt)
    await insertSessionWithin(tx, userId, { ...session, expiresAt, openedBy: how })
    publish(LoggedIn, { userId, how, device: deviceOf(session.userAgent).words })
    return { outcome: 'opened' as const }
  }),
  'Nobody could log in, nor take a pause back.',
)
