/**
 * Many deliveries of one batch handler in one transaction: prepare each → open unit of work → limit time → invoke
 * handler → send on → settle all (fenced). What fails together is handled one by one, each in a transaction of its own.
 */
import { type Batching, BatchMember, repliesOf } from './batch-handlers.ts'
import { BusError } from './errors.ts'
import { HandlerContext } from './handler-context.ts'
import type { Subscription } from './handlers.ts'
import { Interruption } from './interruption.ts'
import type { AttemptEnd, PipelineParts } from './pipeline.ts'
import type { ClaimedDelivery } from './ports.ts'
import type { Registered } from './registry.ts'
import { checkReply } from './reply-check.ts'
import { isStale } from './stale.ts'
import { limitTime } from './time-limit.ts'

/** A delivery, and what tells its handler to stop. */
export interface Begun {
  delivery: ClaimedDelivery
  abort: Interruption
}

/** How the pipeline handles one delivery. */
export interface SingleRun {
  /** All its steps. */
  alone(begun: Begun): Promise<AttemptEnd>
  /** Those after the interceptors. */
  afterIntercept(begun: Begun): Promise<AttemptEnd>
  fail(begun: Begun, thrown: unknown): Promise<AttemptEnd>
}

interface Ready {
  begun: Begun
  item: BatchMember
  context: HandlerContext
}

type Prepared = Ready | { begun: Begun; end: AttemptEnd }

/** Handles deliveries of one subscription. Each ends on its own, in the order given. */
export async function runBatch(
  parts: PipelineParts,
  { subscription }: Registered,
  batch: Batching,
  all: readonly Begun[],
  single: SingleRun,
): Promise<AttemptEnd[]> {
  const prepared = await Promise.all(all.map((begun) => prepare(parts, subscription, begun, single)))
  const ready = prepared.filter((each) => 'item' in each)
  const wereHandled = ready.length > 1 && (await handleTogether(parts, subscription, batch, ready))
  const ends: AttemptEnd[] = []
  for (const each of prepared) {
    if ('end' in each) ends.push(each.end)
    else ends.push(wereHandled ? { end: 'succeeded' } : await handleAlone(each.begun, single))
  }
  return ends
}

/** A node that stops, or a lease that was lost, ends the rest of a batch without another try. */
function handleAlone(begun: Begun, single: SingleRun): Promise<AttemptEnd> {
  const { signal } = begun.abort
  return signal.aborted ? single.fail(begun, signal.reason) : single.afterIntercept(begun)
}

/** What cannot be read, is stale, is told to fail or silenced a node before ends by itself and never joins the others. */
async function prepare(
  parts: PipelineParts,
  subscription: Subscription,
  begun: Begun,
  single: SingleRun,
): Promise<Prepared> {
  const { delivery, abort } = begun
  const body = readOrNull(parts, subscription, delivery)
  if (body === null) return { begun, end: await single.alone(begun) }
  try {
    for (const intercept of parts.interceptors) await intercept(delivery, abort.signal)
  } catch (thrown) {
    return { begun, end: await single.fail(begun, thrown) }
  }
  const context = new HandlerContext(parts, { delivery, subscription, body, abort }, null)
  return { begun, context, item: new BatchMember(body, context) }
}

function readOrNull({ catalog }: PipelineParts, { message }: Subscription, delivery: ClaimedDelivery): unknown {
  if (delivery.lostBefore || delivery.isErased || isStale(delivery)) return null
  try {
    return catalog.decode(delivery.envelope, message).body
  } catch {
    return null
  }
}

/** Returns false when nothing of it remains: the handler threw, took too long, or a lease was lost. */
async function handleTogether(
  parts: PipelineParts,
  subscription: Subscription,
  batch: Batching,
  ready: readonly Ready[],
): Promise<boolean> {
  const abort = new Interruption()
  const stop = AbortSignal.any([abort.signal, ...ready.map(({ begun }) => begun.abort.signal)])
  try {
    const settled = await limitTime(subscription.timeoutMs, abort, () =>
      performTogether(parts, subscription, batch, ready, stop),
    )
    for (const { delivery, reply } of settled) {
      parts.replies.settled(delivery.envelope.messageId, { state: 'succeeded', reply })
    }
    return true
  } catch {
    return false
  }
}

function performTogether(
  { storage, catalog, clock }: PipelineParts,
  subscription: Subscription,
  batch: Batching,
  ready: readonly Ready[],
  signal: AbortSignal,
) {
  const { message } = subscription
  const startedAt = performance.now()
  return storage.unitOfWork.run(
    async (tx) => {
      const items = ready.map((each) => each.item)
      const given = repliesOf(message, await batch.invoke(items, { tx, clock, signal }), items.length)
      signal.throwIfAborted()
      const settled = ready.map(({ begun: { delivery } }, index) => {
        return { delivery, reply: checkReply(catalog, message, given[index]) }
      })
      const messages = ready.flatMap(({ context }) => context.close())
      if (messages.length > 0) await storage.outbox.add(tx, messages)
      const held = await storage.deliveries.settleAll(tx, settled, performance.now() - startedAt)
      if (held.size < settled.length) throw new BusError('lease-lost', 'A lease of the batch was taken over.')
      return settled
    },
    { signal, leavesRoom: subscription.alwaysRuns === null },
  )
}
