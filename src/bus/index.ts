/** The server door of the bus, in reading order: define, handle, send, run, observe. */

// run
export { backOffMs } from './back-off.ts'
// send
export { type BatchItem, handleBatch, subscribeBatch } from './batch-handlers.ts'
export type { Begun } from './batch-run.ts'
export { type Bus, createBus } from './bus.ts'
export { type Catalog, createCatalog, type MaskedValue } from './catalog.ts'
export { checkContracts } from './check-contracts.ts'
export { deriveKey } from './cipher.ts'
// observe
export { classificationOf } from './classification.ts'
export { adviseOnNames } from './contract-advisor.ts'
export { DELIVERY_STATES, type DeliveryState, isSettled } from './delivery.ts'
export { busModule, DeliveryDied } from './delivery-died.ts'
export type { EagerDispatch, EagerLeases } from './eager-dispatch.ts'
export { type Edit, editAndRetry, planEdited } from './editing.ts'
export { type Envelope, newId } from './envelope.ts'
export type { ErrorAction, ErrorRule } from './error-rules.ts'
export { BusError, type RecordedError, RetryAfter, recordError, Unrecoverable } from './errors.ts'
export { fingerprintOf } from './fingerprint.ts'
export type { HandlerLimits, HandlerSettings, HandlerSettingsStore, RateLimit } from './handler-settings.ts'
export type {
  DeadContext,
  EffectfulContext,
  HandlerKind,
  Subscription,
  TransactionalContext,
} from './handlers.ts'
// handle
export { alwaysRunning, handle, handleOutside, subscribe, subscribeOutside } from './handlers.ts'
export { Interruption } from './interruption.ts'
export type { BodyOf, CommandDefinition, EventDefinition, MessageDefinition, ReplyOf } from './message.ts'
// define
export { type Classification, defineCommand, defineEvent, personal, secret } from './message.ts'
export {
  ITEM_STATES,
  type ItemCounts,
  type ItemState,
  noCounts,
  type OperationKind,
  type OperationState,
  type Pace,
} from './operation.ts'
export { type OperationParts, stepOperation } from './operation-step.ts'
export type { DeadSelection, DueOperation, NewOperation, OperationStore } from './operation-store.ts'
export { type OutageEvent, type OutagePolicy, Outages } from './outage.ts'
export { unparkReadable, unreadableReason } from './parking.ts'
export {
  createPersonKeys,
  type ErasedValue,
  isSealedText,
  isSealedValue,
  type PersonKeys,
} from './person-keys.ts'
export { type PersonalTable, rowsOf } from './personal-table.ts'
// run
export { type AttemptEnd, createPipeline, type Interceptor, type Pipeline } from './pipeline.ts'
export type {
  Added,
  Capacity,
  ClaimedDelivery,
  Clock,
  Conclusion,
  DeliveryStore,
  HeldDelivery,
  History,
  Intervention,
  NodeDescription,
  NodeStore,
  OrderPolicy,
  OutageStore,
  Outbox,
  Outcome,
  ParkedDelivery,
  PersonKeyStore,
  PlannedDelivery,
  PlannedMessage,
  ReplyStore,
  Sealer,
  Settlement,
  Storage,
  Succeeded,
  Tx,
  UnitOfWork,
  WaitingDelivery,
  Wake,
  WakeTopic,
} from './ports.ts'
// remember
export { type ChartState, type ChartTransition, chartOf, type ProcessChart } from './process-chart.ts'
export { type ShownField, showOfContext, showOfStart } from './process-fields.ts'
export {
  type ActionScope,
  answer,
  defineProcess,
  type NotFoundPolicy,
  type ProcessDefinition,
  reactTo,
  sends,
  toPublish,
  toSend,
} from './process-manager.ts'
export type {
  ProcessInstance,
  ProcessRevision,
  ProcessStatus,
  ProcessStore,
  ProcessTimer,
  Waiting,
} from './process-store.ts'
export { subscriptionName, subscriptionsOf } from './process-subscriptions.ts'
export { openEnvelope, protectEager, protectPersonal } from './protecting.ts'
export type { RateLimits, TokensAsked, TokensGranted } from './rate-limits.ts'
export { type Recurring, type RecurringState, type RecurringStore, recurring } from './recurring.ts'
export { createRegistry, type Module, type Registered, type Registry } from './registry.ts'
export { planReplay } from './replaying.ts'
export { createReplies, type Replies, type Settled, settlementOf } from './replies.ts'
export { type Retention, retentionOf } from './retention.ts'
export type { RetryPolicy } from './retry-policy.ts'
export { createSealer, isHash, isSealedSecret } from './sealing.ts'
export type { StateValue } from './statechart.ts'
export { findRoute } from './upcasting.ts'
