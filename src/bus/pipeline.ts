/**
 * What happens to one delivery, in named steps: check time to live → decode → intercept → open unit of work →
 * limit time → invoke handler → settle (fenced) → send on. What has no transaction of its own to settle in (an
 * effectful handler's success, every failure) is settled together with others that end at the same time.
 */
import { type Begun, runBatch } from './batch-run.ts'
import { type Batcher, createBatcher } from './batching.ts'
import type { Catalog } from './catalog.ts'
import { BusError, LeaseLost, recordError } from './errors.ts'
import { decideDeath, decideFailure, type Failure } from './failing.ts'
import type { Subscription } from './handlers.ts'
import type { Outages } from './outage.ts'
import { type Attempt, collectOutgoing } from './outgoing.ts'
import { parkingReason } from './parking.ts'
import type { ClaimedDelivery, Clock, Conclusion, PlannedMessage, Storage, Tx } from './ports.ts'
import type { Registered, Registry } from './registry.ts'
import type { Replies } from './replies.ts'
import { limitTime } from './time-limit.ts'

/** Runs ahead of every handler; what it throws is the attempt's error. */
export type Interceptor = (delivery: ClaimedDelivery, signal: AbortSignal) => Promise<void>

export interface PipelineParts {
  registry: Registry
  catalog: Catalog
  clock: Clock
  storage: Pick<Storage, 'unitOfWork' | 'outbox' | 'deliveries'>
  /** Told of what settles here, so that a caller on this node need not ask the store. */
  replies: Pick<Replies, 'settled'>
  interceptors: readonly Interceptor[]
  outages: Outages
  random: () => number
}

/** How an attempt ended. `lease-lost`: somebody else owns the delivery by now, and nothing of this attempt remains. */
export type AttemptEnd =
  | { end: 'succeeded' }
  | { end: 'expired' }
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
  run(delivery: ClaimedDelivery, abort: AbortController, onHandled?: () => void): Promise<AttemptEnd>
  /** Settles a delivery as dead whose last attempt ended without a word. */
  bury(delivery: ClaimedDelivery): Promise<AttemptEnd>
  /** Handles deliveries of one batch handler together. Each ends on its own, in the order given. */
  runBatch(begun: readonly Begun[]): Promise<AttemptEnd[]>
}

interface Shared extends PipelineParts {
  conclusions: Batcher<Conclusion, boolean>
}

/** What one attempt works with. */
interface Running extends PipelineParts {
  /** Settled together with others; resolves to whether the lease was still held. */
  conclusions: { add(conclusion: Omit<Conclusion, 'durationMs'>): Promise<boolean> }
  /** Since the attempt began. */
  elapsedMs(): number
}

const BATCH_CONCLUSIONS = 500
const PARALLEL_BATCHES = 2

export function createPipeline(parts: PipelineParts): Pipeline {
  const conclusions = createBatcher<Conclusion, boolean>({
    maxItems: BATCH_CONCLUSIONS,
    maxParallel: PARALLEL_BATCHES,
    perform: async (items) => {
      const ours = await parts.storage.deliveries.conclude(items)
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
      const { elapsedMs } = begin(shared)
      const ends = await runBatch({ ...parts, elapsedMs }, registered, batch, begun, {
        alone,
        afterIntercept: ({ delivery, abort }) => runOne({ ...shared, interceptors: [] }, delivery, abort),
        fail: ({ delivery }, thrown) => fail(begin(shared), registered, delivery, thrown),
      })
      if (ends.some((each) => each.end === 'succeeded')) await tellSuccess(parts, begun[0]!.delivery)
      return ends
    },
    bury: async (delivery) => {
      const error = new LeaseLost('The node that ran it went silent, and no attempts are left.')
      const failure = { error, recorded: recordError(error) }
      const decided = await decideDeath(parts, find(parts.registry, delivery), delivery, failure)
      return settleFailure(begin(shared), delivery, decided)
    },
  }
}

async function runOne(
  shared: Shared,
  delivery: ClaimedDelivery,
  abort: AbortController,
  onHandled = () => {},
): Promise<AttemptEnd> {
  const registered = find(shared.registry, delivery)
  const running = begin(shared)
  if (isStale(shared.clock, delivery)) return expire(running, delivery)
  // What silenced a node once is counted before it can do so again.
  if (delivery.lostBefore && !(await shared.storage.deliveries.start(delivery))) return LEASE_LOST
  try {
    await attempt(running, registered, { delivery, abort, onHandled })
    await tellSuccess(shared, delivery)
    return SUCCEEDED
  } catch (thrown) {
    if (thrown instanceof BusError && thrown.code === 'lease-lost') return LEASE_LOST
    if (thrown instanceof Unreadable) return park(running, delivery, thrown.message)
    return fail(running, registered, delivery, thrown)
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

function begin(shared: Shared): Running {
  const startedAt = performance.now()
  const elapsedMs = () => performance.now() - startedAt
  const add = (conclusion: Omit<Conclusion, 'durationMs'>) =>
    shared.conclusions.add({ ...conclusion, durationMs: elapsedMs() })
  return { ...shared, conclusions: { add }, elapsedMs }
}

const SUCCEEDED: AttemptEnd = { end: 'succeeded' }
const LEASE_LOST: AttemptEnd = { end: 'lease-lost' }

function isStale(clock: Clock, { envelope: { expiresAt } }: ClaimedDelivery): boolean {
  return expiresAt !== null && expiresAt <= clock.now()
}

async function expire({ conclusions }: Running, delivery: ClaimedDelivery): Promise<AttemptEnd> {
  const isOurs = await conclusions.add({ delivery, outcome: { outcome: 'expired' }, messages: [] })
  return isOurs ? { end: 'expired' } : LEASE_LOST
}

async function park({ conclusions }: Running, delivery: ClaimedDelivery, reason: string): Promise<AttemptEnd> {
  const isOurs = await conclusions.add({ delivery, outcome: { outcome: 'parked', reason }, messages: [] })
  return isOurs ? { end: 'parked', reason } : LEASE_LOST
}

/** Told apart from the same error thrown by a handler, which is a failure. */
class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

function read(catalog: Catalog, { envelope }: ClaimedDelivery, { message }: Subscription): unknown {
  try {
    return catalog.decode(envelope, message).body
  } catch (error) {
    const reason = parkingReason(error)
    throw reason === null ? error : new Unreadable(reason)
  }
}

interface Started {
  delivery: ClaimedDelivery
  abort: AbortController
  onHandled(): void
}

async function attempt(parts: Running, { subscription }: Registered, { delivery, abort, onHandled }: Started) {
  const body = read(parts.catalog, delivery, subscription)
  const current: Attempt = { delivery, subscription, body, abort }
  const handled = await limitTime(subscription.timeoutMs, abort, () => perform(parts, current)).finally(onHandled)
  if (!handled.isSettled) await conclude(parts, current, handled)
  if (subscription.message.kind === 'command') {
    parts.replies.settled(delivery.envelope.messageId, { state: 'succeeded', reply: handled.reply })
  }
}

/** A handler that has worked in its transaction is settled in it. */
async function perform(parts: Running, current: Attempt): Promise<Invoked & { isSettled: boolean }> {
  const { delivery, subscription, abort } = current
  for (const intercept of parts.interceptors) await intercept(delivery, abort.signal)
  if (subscription.kind === 'effectful') return { ...(await invoke(parts, current, null)), isSettled: false }
  return parts.storage.unitOfWork.run(async (tx) => {
    const invoked = await invoke(parts, current, tx)
    if (tx.isOpen) await finish(parts, current, tx, invoked)
    return { ...invoked, isSettled: tx.isOpen }
  }, abort.signal)
}

interface Invoked {
  reply: unknown
  messages: PlannedMessage[]
}

async function invoke(parts: PipelineParts, current: Attempt, tx: Tx | null): Promise<Invoked> {
  const { delivery, subscription, abort } = current
  const outgoing = collectOutgoing(parts, current)
  const context = {
    envelope: delivery.envelope,
    attempt: delivery.attempt,
    clock: parts.clock,
    send: outgoing.send,
    publish: outgoing.publish,
    get signal(): AbortSignal {
      return abort.signal
    },
    get tx(): Tx {
      if (tx) return tx
      throw new Error(`${subscription.name} is effectful: it has no transaction. Declare it with handle().`)
    },
  }
  const reply = await subscription.invoke(current.body, context)
  abort.signal.throwIfAborted()
  return { reply: checkReply(parts.catalog, current, reply), messages: outgoing.close() }
}

/** In the handler's own transaction. */
async function finish({ storage, elapsedMs }: Running, { delivery }: Attempt, tx: Tx, { reply, messages }: Invoked) {
  if (messages.length > 0) await storage.outbox.add(tx, messages)
  const isOurs = await storage.deliveries.settle(tx, delivery, { outcome: 'succeeded', reply }, elapsedMs())
  if (!isOurs) throw leaseLost(delivery)
}

/** In one transaction with others that have ended. */
async function conclude({ conclusions }: Running, { delivery }: Attempt, { reply, messages }: Invoked) {
  const isOurs = await conclusions.add({ delivery, outcome: { outcome: 'succeeded', reply }, messages })
  if (!isOurs) throw leaseLost(delivery)
}

function leaseLost({ deliveryId }: ClaimedDelivery): BusError {
  return new BusError('lease-lost', `The lease of delivery ${deliveryId} was taken over.`)
}

function checkReply(catalog: Catalog, { subscription }: Attempt, reply: unknown): unknown {
  const { message } = subscription
  if (message.kind === 'event') return null
  const result = message.reply.safeParse(reply)
  if (result.success) return catalog.sealReply(message, result.data)
  throw new BusError('invalid-reply', `The handler of ${message.name} gave a reply that breaks its contract.`, {
    cause: result.error,
  })
}

/** The failure is told together with others that end at the same time. */
async function fail(parts: Running, registered: Registered, delivery: ClaimedDelivery, thrown: unknown) {
  return settleFailure(parts, delivery, await decideFailure(parts, registered, delivery, thrown))
}

async function settleFailure(
  { conclusions, replies }: Running,
  delivery: ClaimedDelivery,
  { error, recorded, outcome, messages }: Failure,
): Promise<AttemptEnd> {
  if (!(await conclusions.add({ delivery, outcome, messages }))) return LEASE_LOST
  if (outcome.outcome === 'retry') return { end: 'retrying', error, delayMs: outcome.delayMs }
  replies.settled(delivery.envelope.messageId, { state: 'dead', error: recorded })
  return { end: outcome.outcome, error }
}
