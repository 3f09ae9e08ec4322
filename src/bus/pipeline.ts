/**
 * What happens to one delivery, in named steps: decode → intercept → open unit of work → limit time →
 * invoke handler → send on → settle (fenced). A failure is settled in a transaction of its own.
 */
import type { Catalog } from './catalog.ts'
import { BusError, recordError, Unrecoverable } from './errors.ts'
import { type Attempt, collectOutgoing } from './outgoing.ts'
import type { ClaimedDelivery, Clock, Outcome, Storage, Tx } from './ports.ts'
import type { Registered, Registry } from './registry.ts'
import { nextDelay } from './retry-policy.ts'
import { limitTime } from './time-limit.ts'

/** Runs ahead of every handler; what it throws is the attempt's error. */
export type Interceptor = (delivery: ClaimedDelivery, signal: AbortSignal) => Promise<void>

export interface PipelineParts {
  registry: Registry
  catalog: Catalog
  clock: Clock
  storage: Pick<Storage, 'unitOfWork' | 'outbox' | 'deliveries'>
  interceptors: readonly Interceptor[]
  random: () => number
}

/** How an attempt ended. `lease-lost`: somebody else owns the delivery by now, and nothing of this attempt remains. */
export type AttemptEnd =
  | { end: 'succeeded' }
  | { end: 'retrying'; error: Error; delayMs: number }
  | { end: 'dead'; error: Error }
  | { end: 'lease-lost' }

export interface Pipeline {
  run(delivery: ClaimedDelivery, stopping: AbortSignal): Promise<AttemptEnd>
}

export function createPipeline(parts: PipelineParts): Pipeline {
  return {
    run: async (delivery, stopping) => {
      const registered = parts.registry.subscriptions.get(delivery.subscription)
      if (!registered) throw new BusError('no-handler', `This build has no subscription ${delivery.subscription}.`)
      try {
        await attempt(parts, registered, delivery, stopping)
        return { end: 'succeeded' }
      } catch (thrown) {
        if (thrown instanceof BusError && thrown.code === 'lease-lost') return { end: 'lease-lost' }
        return fail(parts, registered, delivery, thrown)
      }
    },
  }
}

async function attempt(parts: PipelineParts, registered: Registered, delivery: ClaimedDelivery, stopping: AbortSignal) {
  const { storage, catalog } = parts
  const { subscription } = registered
  const { body } = catalog.decode(delivery.envelope)
  await limitTime(subscription.timeoutMs, stopping, async (signal) => {
    for (const intercept of parts.interceptors) await intercept(delivery, signal)
    const current: Attempt = { delivery, subscription, body, signal }
    if (subscription.kind === 'transactional') {
      await storage.unitOfWork.run(async (tx) => finish(parts, current, tx, await invoke(parts, current, tx), signal))
    } else {
      const invoked = await invoke(parts, current, null)
      await storage.unitOfWork.run((tx) => finish(parts, current, tx, invoked, signal))
    }
  })
}

async function invoke(parts: PipelineParts, current: Attempt, tx: Tx | null) {
  const outgoing = collectOutgoing(parts, current)
  const context = {
    envelope: current.delivery.envelope,
    attempt: current.delivery.attempt,
    clock: parts.clock,
    signal: current.signal,
    send: outgoing.send,
    publish: outgoing.publish,
    get tx(): Tx {
      if (tx) return tx
      throw new Error(`${current.subscription.name} is effectful: it has no transaction. Declare it with handle().`)
    },
  }
  const reply = await current.subscription.invoke(current.body, context)
  return { reply: checkReply(current, reply), messages: outgoing.close() }
}

async function finish(
  { storage }: PipelineParts,
  { delivery }: Attempt,
  tx: Tx,
  { reply, messages }: Awaited<ReturnType<typeof invoke>>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  for (const message of messages) await storage.outbox.add(tx, message)
  const isOurs = await storage.deliveries.settle(tx, delivery, { outcome: 'succeeded', reply })
  if (!isOurs) throw new BusError('lease-lost', `The lease of delivery ${delivery.deliveryId} was taken over.`)
}

function checkReply({ subscription }: Attempt, reply: unknown): unknown {
  const { message } = subscription
  if (message.kind === 'event') return null
  const result = message.reply.safeParse(reply)
  if (result.success) return result.data
  throw new BusError('invalid-reply', `The handler of ${message.name} gave a reply that breaks its contract.`, {
    cause: result.error,
  })
}

async function fail(
  { catalog, storage, random }: PipelineParts,
  { retry }: Registered,
  delivery: ClaimedDelivery,
  thrown: unknown,
): Promise<AttemptEnd> {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const recorded = recordError(thrown, hiddenTexts(catalog, delivery))
  // An operator's retry grants the policy's attempts again: count from where the grant began.
  const granted = delivery.attempt - (delivery.maxAttempts - retry.maxAttempts)
  const delayMs = isHopeless(thrown) ? null : nextDelay(retry, Math.max(1, granted), random())
  const outcome: Outcome =
    delayMs === null ? { outcome: 'dead', error: recorded } : { outcome: 'retry', error: recorded, delayMs }
  const isOurs = await storage.unitOfWork.run((tx) => storage.deliveries.settle(tx, delivery, outcome))
  if (!isOurs) return { end: 'lease-lost' }
  return delayMs === null ? { end: 'dead', error } : { end: 'retrying', error, delayMs }
}

const HOPELESS = new Set([
  'invalid-body',
  'invalid-reply',
  'unknown-message',
  'unsealable',
  'wrong-kind',
  'not-the-owner',
])

function isHopeless(thrown: unknown): boolean {
  return thrown instanceof Unrecoverable || (thrown instanceof BusError && HOPELESS.has(thrown.code))
}

function hiddenTexts(catalog: Catalog, { envelope }: ClaimedDelivery): string[] {
  try {
    const { definition, body } = catalog.decode(envelope)
    return catalog.hidden(definition, body)
  } catch {
    return []
  }
}
