import { handle, type Subscription } from '../../../bus/index.ts'
import { PasskeyDemandSet, SessionsEnded, SetPasskeyDemand } from '../messages.ts'
import { emailKeyOf } from '../model/email-address.ts'
import { endSessionsWithoutPasskey, isOpenedByPasskey, setPasskeyDemand } from '../store/passkey-demand.ts'
import { WAITED_FOR } from './waited-for.ts'

/** Once it is demanded, the log-ins end that were opened without: their live connections had the rights of a role. */
export function setPasskeyDemandHandler({ operatorEmails }: { operatorEmails: readonly string[] }): Subscription {
  return handle(SetPasskeyDemand, WAITED_FOR, async function changePasskeyDemand(command, { tx, publish }) {
    const { isOn, actorId, sessionId } = command
    const isByPasskey = async () => sessionId !== null && isOpenedByPasskey(tx, sessionId, actorId)
    if (isOn && !(await isByPasskey())) return { outcome: 'passkey-needed' as const }
    if (!(await setPasskeyDemand(tx, isOn))) return { outcome: 'unchanged' as const }
    publish(PasskeyDemandSet, { isOn, actorId })
    const ended = isOn ? await endSessionsWithoutPasskey(tx, operatorEmails.map(emailKeyOf)) : []
    for (const [userId, { length: count }] of Map.groupBy(ended, (each) => each.userId)) {
      publish(SessionsEnded, { userId, count, ...(userId !== actorId && { endedBy: actorId }) })
    }
    return { outcome: 'set' as const, endedSessionIds: ended.map(({ id }) => id) }
  })
}
