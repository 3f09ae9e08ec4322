import { type HandlerSettingsStore, handle, type Subscription } from '../../bus/index.ts'
import {
  HandlerLimitsSet,
  HandlerPaused,
  HandlerResumed,
  PauseHandler,
  ResumeHandler,
  SetHandlerLimits,
} from '../messages.ts'
import { type FindHandler, whyLeftAlone } from './left-alone.ts'

/** What operators set about handlers, for all nodes; but for those that always run as declared. */
export function handlerSettingsHandlers(settings: HandlerSettingsStore, findHandler: FindHandler): Subscription[] {
  const refuse = (name: string) => whyLeftAlone(findHandler(name))
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
