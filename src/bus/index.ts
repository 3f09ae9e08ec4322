/** The server door of the bus, in reading order: define, handle, send, run, observe. */

// define
export { type Classification, defineCommand, defineEvent, personal, secret } from './message.ts'
export type { BodyOf, CommandDefinition, EventDefinition, MessageDefinition, ReplyOf } from './message.ts'
// handle
export { handle, handleOutside, subscribe } from './handlers.ts'
export type { EffectfulContext, HandlerKind, Subscription, TransactionalContext } from './handlers.ts'
export type { RetryPolicy } from './retry-policy.ts'
export { createRegistry, type Module, type Registry } from './registry.ts'
export { BusError, recordError, type RecordedError, Unrecoverable } from './errors.ts'
// send
export { type Bus, createBus } from './bus.ts'
export { type Envelope, newId } from './envelope.ts'
export { createReplies, type Replies } from './replies.ts'
// run
export { createPipeline, type AttemptEnd, type Interceptor, type Pipeline } from './pipeline.ts'
export { type Catalog, createCatalog, type MaskedValue } from './catalog.ts'
export { createSealer } from './sealing.ts'
export type {
  Added,
  Capacity,
  ClaimedDelivery,
  Clock,
  DeliveryStore,
  Intervention,
  Outbox,
  Outcome,
  PlannedMessage,
  ReplyStore,
  Sealer,
  Settlement,
  Storage,
  Tx,
  UnitOfWork,
  Wake,
} from './ports.ts'
// observe
export { DELIVERY_STATES, type DeliveryState, isSettled } from './delivery.ts'
