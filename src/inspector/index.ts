/** The inspector's server side: it reads, and acts by commands. Remove it and the bus still works. */
import type { DeliveryStore, HandlerSettingsStore, Module } from '../bus/index.ts'
import { handlerSettingsHandlers } from './handlers/handler-settings.ts'
import { interventionHandlers } from './handlers/interventions.ts'
import { schedulingHandlers } from './handlers/scheduling.ts'
import { setFaultHandler } from './handlers/set-fault.ts'
import {
  CancelMessage,
  DeliveryDiscarded,
  DeliveryRestored,
  DeliveryRetried,
  DeliveryUnparked,
  DiscardDelivery,
  FaultChanged,
  HandlerLimitsSet,
  HandlerPaused,
  HandlerResumed,
  MessageCancelled,
  MessageRescheduled,
  PauseHandler,
  RescheduleMessage,
  RestoreDelivery,
  ResumeHandler,
  RetryDelivery,
  SetFault,
  SetHandlerLimits,
  UnparkDelivery,
} from './messages.ts'

export { createFaults } from './faults.ts'
export { createFeed, type FeedServer } from './feed.ts'
export { createInspectorQueries } from './queries.ts'

interface Parts {
  deliveries: DeliveryStore
  handlerSettings: HandlerSettingsStore
  isSubscription(name: string): boolean
}

export function createInspectorModule({ deliveries, handlerSettings, isSubscription }: Parts): Module {
  return {
    name: 'inspector',
    messages: [
      RetryDelivery,
      DiscardDelivery,
      RestoreDelivery,
      UnparkDelivery,
      SetFault,
      PauseHandler,
      ResumeHandler,
      SetHandlerLimits,
      CancelMessage,
      RescheduleMessage,
      DeliveryRetried,
      DeliveryDiscarded,
      DeliveryRestored,
      DeliveryUnparked,
      FaultChanged,
      HandlerPaused,
      HandlerResumed,
      HandlerLimitsSet,
      MessageCancelled,
      MessageRescheduled,
    ],
    subscriptions: [
      ...interventionHandlers(deliveries),
      setFaultHandler(isSubscription),
      ...handlerSettingsHandlers(handlerSettings, isSubscription),
      ...schedulingHandlers(deliveries),
    ],
  }
}
