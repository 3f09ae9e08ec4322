import { handle, type Subscription } from '../../bus/index.ts'
import { saveFault } from '../faults.ts'
import { FaultChanged, SetFault } from '../messages.ts'
import { type FindHandler, whyLeftAlone } from './left-alone.ts'

/** Tells a handler to misbehave, or to stop it. Those that always run do not misbehave either. */
export function setFaultHandler(findHandler: FindHandler): Subscription {
  return handle(SetFault, {}, async function setFault({ subscription, actorId, fault }, { tx, publish }) {
    const refusal = whyLeftAlone(findHandler(subscription))
    if (refusal === 'unknown' || (refusal && fault)) return { outcome: refusal }
    await saveFault(tx, subscription, fault)
    publish(FaultChanged, { subscription, actorId, mode: fault?.mode ?? null })
    return { outcome: 'done' as const }
  })
}
