/**
 * What happens to one delivery, in named steps: check that its person was not erased, and time to live → decode → intercept → open unit of work →
 * limit time → invoke handler → settle (fenced) → send on. What has no transaction of its own to settle in (an
 * effectful handler's success, every failure) is settled together with others that end at the same time.
 */
import { backOff } from './back-off.ts'
import { type Begun, runBatch } from './batch-run.ts'
import { type Batcher, createBatcher } from './batching.ts'
import type { Catalog } from './catalog.ts'
import { dispatchEagerly, type EagerDispatch } from './eager-dispatch.ts'
import { BusError, LeaseLost, recordError } from './errors.ts'
import { decideDeath, decideFailure, type Failure } from './failing.ts'
import { HandlerContext } from './handler-context.ts'
import type { Subscription } from './handlers.ts'
import { Interruption } from './interruption.ts'
import type { Outages } from './outage.ts'
import type { Attempt } from './outgoing.ts'
import { parkingReason } from './parking.ts'
import type { ClaimedDelivery, Clock, Conclusion, Outcome, PlannedMessage, Storage, Tx } from './ports.ts'
import type { Registered, Registry } from './registry.ts'
import type { Replies } from './replies.ts'
import { checkReply } from './reply-check.ts'
import { isStale } from './stale.ts'
import { limitTime } from './time-limit.ts'

/** Runs ahead of every handler; what it throws is the attempt's error. */
export type Interceptor = (delivery: ClaimedDelivery, signal: AbortSignal) => Promise<void>

export interface PipelineParts {
  registry: Registry
  catalog: Catalog
  clock: Clock
  storage: Pick<Storage, 'unitOfWork' | 'outbox' | 'deliveries' | 'knownTexts'>
  /** Told of what settles here, so that a caller on this node need not ask the store. */
  replies: Pick<Replies, 'settled'>
  interceptors: readonly Interceptor[]
  outages: Outages
  /** For what handlers send. */
  eager: EagerDispatch
  random: () => number
}

/** How an attempt ended. `lease-lost`: somebody else owns the delivery by now, and nothing of this attempt remains. */
export type AttemptEnd =
  | { end: 'succeeded' }
  | { end: 'expired' }
  | { end: 'erased' }
  | { end: 'parked'; reason: string }
  | { end: 'retrying'; error: Error; delayMs: number }
  | { end: 'dead'; error: Error }
  | { end: 'discarded'; error: Error }
  | { end: 'lease-lost' }

export interface Pipeline {
  /**
   * Handles a delivery and settles it. `abort` tells the handler to stop; `onHandled` is told when it has: what is
   * left to do is to store how the attempt ended.
   */
  run(delivery: ClaimedDelivery, abort: Interruption, onHandled?: () => void): Promise<AttemptEnd>
  /** Settles a delivery as dead whose last attempt ended without a word. */
  bury(delivery: ClaimedDelivery): Promise<AttemptEnd>
  /** Handles deliveries of one batch handler together. Each ends on its own, in the order given. */
  runBatch(begun: readonly Begun[]): Promise<AttemptEnd[]>
}

/** What all attempts share. */
interface Shared extends PipelineParts {
  conclusions: Batcher<Conclusion, boolean>
}

/** One try of one delivery that has begun. */
interface Started {
  delivery: ClaimedDelivery
  abort: Interruption
  /** By `performance.now()`. */
  startedAt: number
}

const BATCH_CONCLUSIONS = 500
const PARALLEL_BATCHES = 2

export function createPipeline(parts: PipelineParts): Pipeline {
  const conclusions = createBatcher<Conclusion, boolean>({
    maxItems: BATCH_CONCLUSIONS,
    maxParallel: PARALLEL_BATCHES,
    perform: async (items) => {
      const ours = await concludeAll(parts, items)
      return items.map((each) => ours.has(each.delivery.leaseToken))
    },
  })
  const shared: Shared = { ...parts, conclusions }
  return {
    run: (delivery, abort, onHandled) => runOne(shared, delivery, abort, onHandled),
    runBatch: async (begun) => {
      const registered = find(parts.registry, begun[0]!.delivery)
      const { batch } = registered.subscription
      const alone = ({ delivery, abort }: Begun) => runOne(shared, delivery, abort)
      if (!batch) return Promise.all(begun.map(alone))
      const ends = await runBatch(parts, registered, batch, begun, {
        alone,
        afterIntercept: ({ delivery, abort }) => runOne({ ...shared, interceptors: [] }, delivery, abort),
        fail: ({ delivery, abort }, thrown) => fail(shared, registered, start(delivery, abort), thrown),
      })
      if (ends.some((each) => each.end === 'succeeded')) await tellSuccess(parts, begun[0]!.delivery)
      return ends
    },
    bury: async (delivery) => {
      if (delivery.isErased) return forget(shared, start(delivery, new Interruption()))
      const error = new LeaseLost('The node that ran it went silent, and no attempts are left.')
      const failure = { error, recorded: recordError(error) }
      const decided = await decideDeath(parts, find(parts.registry, delivery), delivery, failure)
      return settleFailure(shared, start(delivery, new Interruption()), decided)
    },
  }
}

function concludeAll({ storage, eager }: PipelineParts, items: readonly Conclusion[]): Promise<ReadonlySet<string>> {
  return dispatchEagerly(
    eager,
    (lease) => storage.deliveries.conclude(items.map((each) => ({ ...each, messages: lease(each.messages) }))),
    (held) => {
      const senders = new Map(items.map(({ delivery }) => [delivery.deliveryId, delivery.leaseToken]))
      return ({ envelope }) => held.has(senders.get(envelope.causationDeliveryId ?? '') ?? '')
    },
  )
}

async function runOne(
  shared: Shared,
  delivery: ClaimedDelivery,
  abort: Interruption,
  onHandled = () => {},
): Promise<AttemptEnd> {
  const registered = find(shared.registry, delivery)
  const started = start(delivery, abort)
  if (delivery.isErased) return forget(shared, started)
  if (isStale(delivery)) return expire(shared, started)
  // What silenced a node once is counted before it can do so again.
  if (delivery.lostBefore && !(await shared.storage.deliveries.start(delivery))) return LEASE_LOST
  try {
    await attempt(shared, registered, started, onHandled)
    await tellSuccess(shared, delivery)
    return SUCCEEDED
  } catch (thrown) {
    if (thrown instanceof BusError && thrown.code === 'lease-lost') return LEASE_LOST
    if (isUnreadable(thrown)) return park(shared, started, thrown.message)
    return fail(shared, registered, started, thrown)
  }
}

/** News only where there was trouble before. */
async function tellSuccess({ outages }: PipelineParts, { subscription }: ClaimedDelivery): Promise<void> {
  if (outages.isTroubled(subscription)) await outages.succeeded(subscription)
}

function find(registry: Registry, { subscription }: ClaimedDelivery): Registered {
  const registered = registry.subscriptions.get(subscription)
  if (!registered) throw new BusError('no-handler', `This build has no subscription ${subscription}.`)
  return registered
}

function start(delivery: ClaimedDelivery, abort: Interruption): Started {
  return { delivery, abort, startedAt: performance.now() }
}

/**
 * Together with others; resolves to whether the lease was still held. What cannot be stored now is tried again for about
 * as long as a lease is: where it is given up, a handler that has done its part does it once more.
 */
async function settle(
  { conclusions }: Shared,
  { delivery, startedAt, abort }: Started,
  outcome: Outcome,
  messages: readonly PlannedMessage[] = [],
): Promise<boolean> {
  const conclusion = { delivery, outcome, messages, durationMs: performance.now() - startedAt }
  for (let failures = 1; ; failures += 1) {
    try {
      return await conclusions.add(conclusion)
    } catch (error) {
      if (failures === MOST_SETTLEMENTS || abort.isAborted) throw error
      await backOff(failures, abort.signal)
    }
  }
}

/** With the pauses between them some six seconds. */
const MOST_SETTLEMENTS = 6

const SUCCEEDED: AttemptEnd = { end: 'succeeded' }
const LEASE_LOST: AttemptEnd = { end: 'lease-lost' }

function expire(shared: Shared, started: Started): Promise<AttemptEnd> {
  return endUntried(shared, started, { outcome: 'expired' }, { end: 'expired' })
}

function forget(shared: Shared, started: Started): Promise<AttemptEnd> {
  return endUntried(shared, started, { outcome: 'erased' }, { end: 'erased' })
}

function park(shared: Shared, started: Started, reason: string): Promise<AttemptEnd> {
  return endUntried(shared, started, { outcome: 'parked', reason }, { end: 'parked', reason })
}

async function endUntried(shared: Shared, started: Started, outcome: Outcome, end: AttemptEnd): Promise<AttemptEnd> {
  const isOurs = await settle(shared, started, outcome)
  shared.outages.saidNothing(started.delivery.subscription)
  return isOurs ? end : LEASE_LOST
}

/** Told apart from the same error thrown by a handler, which is a failure. */
class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

/** Also where it is the instance of its process that another build has written. */
function isUnreadable(thrown: unknown): thrown is Error {
  return thrown instanceof Unreadable || (thrown instanceof BusError && thrown.code === 'process-unreadable')
}

function read(catalog: Catalog, { envelope }: ClaimedDelivery, { message }: Subscription): unknown {
  try {
    return catalog.decode(envelope, message).body
  } catch (error) {
    const reason = parkingReason(error)
    throw reason === null ? error : new Unreadable(reason)
  }
}

async function attempt(shared: Shared, { subscription }: Registered, started: Started, onHandled: () => void) {
  const { delivery, abort } = started
  const current = { ...started, subscription, body: read(shared.catalog, delivery, subscription) }
  const handled = await limitTime(subscription.timeoutMs, abort, () => perform(shared, current)).finally(onHandled)
  if (!handled.isSettled) await conclude(shared, current, handled)
  if (subscription.message.kind === 'command') {
    shared.replies.settled(delivery.envelope.messageId, { state: 'succeeded', reply: handled.reply })
  }
}

/** A handler that has worked in its transaction is settled in it. */
async function perform(shared: Shared, current: Current): Promise<Invoked> {
  const { delivery, subscription, abort } = current
  for (const intercept of shared.interceptors) await intercept(delivery, abort.signal)
  if (subscription.kind === 'effectful') return invoke(shared, current, null)
  return dispatchEagerly(shared.eager, (lease) =>
    shared.storage.unitOfWork.run(
      async (tx) => {
        const invoked = await invoke(shared, current, tx)
        if (!tx.isOpen) return invoked
        await finish(shared, current, tx, { ...invoked, messages: lease(invoked.messages) })
        return { ...invoked, isSettled: true }
      },
      { signal: abort.signal, leavesRoom: subscription.alwaysRuns === null },
    ),
  )
}

interface Current extends Started, Attempt {}

interface Invoked {
  reply: unknown
  messages: readonly PlannedMessage[]
  /** With the handler's own transaction. */
  isSettled: boolean
}

async function invoke(shared: Shared, current: Current, tx: Tx | null): Promise<Invoked> {
  const context = new HandlerContext(shared, current, tx)
  const reply = await current.subscription.invoke(current.body, context)
  current.abort.throwIfAborted()
  return {
    reply: checkReply(shared.catalog, current.subscription.message, reply),
    messages: context.close(),
    isSettled: false,
  }
}

/** In the handler's own transaction. */
async function finish({ storage }: Shared, { delivery, startedAt }: Current, tx: Tx, { reply, messages }: Invoked) {
  if (messages.length > 0) await storage.outbox.addLast(tx, messages)
  const durationMs = performance.now() - startedAt
  const isOurs = await storage.deliveries.settle(tx, delivery, { outcome: 'succeeded', reply }, durationMs)
  if (!isOurs) throw leaseLost(delivery)
}

/** In one transaction with others that have ended. */
async function conclude(shared: Shared, current: Current, { reply, messages }: Invoked) {
  const isOurs = await settle(shared, current, { outcome: 'succeeded', reply }, messages)
  if (!isOurs) throw leaseLost(current.delivery)
}

function leaseLost({ deliveryId }: ClaimedDelivery): BusError {
  return new BusError('lease-lost', `The lease of delivery ${deliveryId} was taken over.`)
}

/** The failure is told together with others that end at the same time. */
async function fail(shared: Shared, registered: Registered, started: Started, thrown: unknown) {
  return settleFailure(shared, started, await decideFailure(shared, registered, started.delivery, thrown))
}

async function settleFailure(
  shared: Shared,
  started: Started,
  { error, recorded, outcome, messages }: Failure,
): Promise<AttemptEnd> {
  if (!(await settle(shared, started, outcome, messages))) return LEASE_LOST
  if (outcome.outcome === 'retry') return { end: 'retrying', error, delayMs: outcome.delayMs }
  shared.replies.settled(started.delivery.envelope.messageId, { state: 'dead', error: recorded })
  return { end: outcome.outcome, error }
}
