/** The inspector's server side: it reads, and acts by commands. Remove it and the bus still works. */
import type { DeliveryStore, Module } from '../bus/index.ts'
import { interventionHandlers } from './handlers/interventions.ts'
import { setFaultHandler } from './handlers/set-fault.ts'
import {
  DeliveryDiscarded,
  DeliveryRestored,
  DeliveryRetried,
  DeliveryUnparked,
  DiscardDelivery,
  FaultChanged,
  RestoreDelivery,
  RetryDelivery,
  SetFault,
  UnparkDelivery,
} from './messages.ts'

export { createFaults } from './faults.ts'
export { createFeed, type FeedServer } from './feed.ts'
export { createInspectorQueries } from './queries.ts'

interface Parts {
  deliveries: DeliveryStore
  isSubscription(name: string): boolean
}

export function createInspectorModule({ deliveries, isSubscription }: Parts): Module {
  return {
    name: 'inspector',
    messages: [
      RetryDelivery,
      DiscardDelivery,
      RestoreDelivery,
      UnparkDelivery,
      SetFault,
      DeliveryRetried,
      DeliveryDiscarded,
      DeliveryRestored,
      DeliveryUnparked,
      FaultChanged,
    ],
    subscriptions: [...interventionHandlers(deliveries), setFaultHandler(isSubscription)],
  }
}
