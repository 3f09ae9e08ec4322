import { type HandlerSettingsStore, handle, type Subscription } from '../../bus/index.ts'
import {
  HandlerLimitsSet,
  HandlerPaused,
  HandlerResumed,
  PauseHandler,
  ResumeHandler,
  SetHandlerLimits,
} from '../messages.ts'

type Refusal = 'unknown' | 'protected'

/**
 * What operators set about handlers, for all nodes. The inspector's own are protected: one must be able to take a
 * pause back.
 */
export function handlerSettingsHandlers(
  settings: HandlerSettingsStore,
  isSubscription: (name: string) => boolean,
): Subscription[] {
  const refuse = (name: string): Refusal | null => {
    if (!isSubscription(name)) return 'unknown'
    return name.startsWith('inspector.') ? 'protected' : null
  }
  return [
    handle(PauseHandler, {}, async function pauseHandler({ subscription, actorId }, { tx, publish }) {
      const refusal = refuse(subscription)
      if (refusal) return { outcome: refusal }
      await settings.savePaused(tx, subscription, true, actorId)
      publish(HandlerPaused, { subscription, actorId })
      return { outcome: 'done' as const }
    }),
    handle(ResumeHandler, {}, async function resumeHandler({ subscription, actorId }, { tx, publish }) {
      const refusal = refuse(subscription)
      if (refusal) return { outcome: refusal }
      await settings.savePaused(tx, subscription, false, actorId)
      publish(HandlerResumed, { subscription, actorId })
      return { outcome: 'done' as const }
    }),
    handle(SetHandlerLimits, {}, async function setHandlerLimits({ subscription, actorId, limits }, { tx, publish }) {
      const refusal = refuse(subscription)
      if (refusal) return { outcome: refusal }
      await settings.saveLimits(tx, subscription, limits, actorId)
      publish(HandlerLimitsSet, { subscription, actorId, limits })
      return { outcome: 'done' as const }
    }),
  ]
}
