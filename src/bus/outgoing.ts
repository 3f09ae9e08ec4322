import type { Catalog } from './catalog.ts'
import { BusError } from './errors.ts'
import type { Outgoing, Subscription } from './handlers.ts'
import type { Interruption } from './interruption.ts'
import type { MessageDefinition } from './message.ts'
import type { ClaimedDelivery, Clock, PlannedMessage } from './ports.ts'
import { planMessage, type SendOptions } from './publishing.ts'
import type { Registry } from './registry.ts'

/** One try of one delivery. */
export interface Attempt {
  delivery: ClaimedDelivery
  subscription: Subscription
  body: unknown
  /** Tells the handler to stop. */
  abort: Interruption
}

/** Holds back what a handler sends until its attempt has won; each message points to its cause. */
export function collectOutgoing(
  parts: { catalog: Catalog; registry: Registry; clock: Clock },
  { delivery, subscription }: Attempt,
): Outgoing & { close(): PlannedMessage[] } {
  const messages: PlannedMessage[] = []
  let isClosed = false
  const cause = { envelope: delivery.envelope, deliveryId: delivery.deliveryId }
  const add = (kind: 'command' | 'event', definition: MessageDefinition, body: unknown, options: SendOptions = {}) => {
    if (isClosed)
      throw new Error(`${subscription.name} sent ${definition.name} after it had ended; await what it does.`)
    const message = planMessage(parts, { expected: kind, definition, body, options, cause })
    messages.push(message)
    return message.envelope.messageId
  }
  return {
    send: (command, body, options) => add('command', command, body, options),
    publish: (event, body, options) => {
      checkOwner(subscription, event)
      return add('event', event, body, options)
    },
    close: () => {
      isClosed = true
      return messages
    },
  }
}

function checkOwner(subscription: Subscription, event: MessageDefinition): void {
  const [module] = subscription.name.split('.')
  if (module === event.owner) return
  throw new BusError(
    'not-the-owner',
    `${subscription.name} may not publish ${event.name}: only ${event.owner} tells its own facts.`,
  )
}
