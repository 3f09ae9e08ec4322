import { handle, type Subscription } from '../../bus/index.ts'
import { saveFault } from '../faults.ts'
import { FaultChanged, SetFault } from '../messages.ts'

/** Tells a handler to misbehave. The inspector's own handlers are protected: one must be able to end a fault. */
export function setFaultHandler(isSubscription: (name: string) => boolean): Subscription {
  return handle(SetFault, {}, async function setFault({ subscription, actorId, fault }, { tx, publish }) {
    if (!isSubscription(subscription)) return { outcome: 'unknown' as const }
    if (subscription.startsWith('inspector.')) return { outcome: 'protected' as const }
    await saveFault(tx, subscription, fault)
    publish(FaultChanged, { subscription, actorId, mode: fault?.mode ?? null })
    return { outcome: 'done' as const }
  })
}
