/** Handlers of many messages at once, for high volume. */
import type { z } from 'zod'
import type { Envelope } from './envelope.ts'
import { BusError } from './errors.ts'
import {
  checkKind,
  type EffectfulContext,
  type HandlerOptions,
  type Outgoing,
  type Subscription,
  type SubscriptionOptions,
  subscription,
  type TransactionalContext,
} from './handlers.ts'
import type { BodyOf, CommandDefinition, EventDefinition, MessageDefinition } from './message.ts'

/** One of the messages that a batch handler is given. What is sent through it has this message as its cause. */
export interface BatchItem<B = unknown> extends Outgoing {
  readonly body: B
  readonly envelope: Envelope
  /** 1 for the first attempt. */
  readonly attempt: number
}

/** What a batch handler works with, for all of its messages. */
export type BatchContext = Pick<TransactionalContext, 'tx' | 'clock' | 'signal'>

export interface Batching {
  /** Deliveries handled in one transaction at most. */
  readonly maxSize: number
  /** For commands it resolves to a reply for each, in their order. */
  readonly invoke: (items: readonly BatchItem[], context: BatchContext) => Promise<unknown>
}

/** One of a batch, by way of the context it would have alone, which makes its means to send when they are used. */
export class BatchMember implements BatchItem {
  readonly body: unknown
  readonly envelope: Envelope
  readonly attempt: number
  readonly #outgoing: Outgoing

  constructor(body: unknown, context: EffectfulContext) {
    this.body = body
    this.envelope = context.envelope
    this.attempt = context.attempt
    this.#outgoing = context
  }

  get send(): Outgoing['send'] {
    return this.#outgoing.send
  }

  get publish(): Outgoing['publish'] {
    return this.#outgoing.publish
  }
}

/** How many may be handled together. */
interface InBatches {
  batch: { maxSize: number }
}

/**
 * A named reaction to many events at once: up to `maxSize` deliveries in one transaction, which all settle with it, and
 * so do the messages that it sends. When it fails each is handled on its own, so that one that cannot be handled takes
 * no other with it. So it must not matter to the handler how many it is given.
 */
export function subscribeBatch<D extends EventDefinition>(
  event: D,
  name: string,
  options: SubscriptionOptions<D> & InBatches,
  handler: (items: readonly BatchItem<BodyOf<D>>[], context: BatchContext) => Promise<void>,
): Subscription {
  checkKind('event', event, `${name} may subscribe to events only; commands are handled with handleBatch()`)
  return inBatches(name, event, options, handler as Batching['invoke'])
}

/**
 * The handler of a command that performs many at once, as {@link subscribeBatch} does with events. It gives a reply for
 * each command, in their order.
 */
export function handleBatch<B extends z.ZodObject, R, Given extends R>(
  command: CommandDefinition<B, z.ZodType<R>>,
  options: HandlerOptions<z.infer<B>> & InBatches,
  handler: (items: readonly BatchItem<z.infer<B>>[], context: BatchContext) => Promise<readonly Given[]>,
): Subscription {
  checkKind('command', command, 'Only commands have a handler; subscribe to events with subscribeBatch()')
  return inBatches(command.name, command, options, handler as Batching['invoke'])
}

/** What a batch handler gave back, one reply for each of `count` messages. @throws BusError `invalid-reply`. */
export function repliesOf({ kind, name }: MessageDefinition, given: unknown, count: number): readonly unknown[] {
  if (kind === 'event') return Array.from({ length: count }, () => null)
  if (Array.isArray(given) && given.length === count) return given
  const was = Array.isArray(given) ? `${given.length} replies` : 'no list of replies'
  throw new BusError('invalid-reply', `The batch handler of ${name} was given ${count} commands and gave ${was}.`)
}

function inBatches(
  name: string,
  message: MessageDefinition,
  { batch: { maxSize }, ...options }: HandlerOptions & InBatches,
  invoke: Batching['invoke'],
): Subscription {
  const alone: Subscription['invoke'] = async (body, context) => {
    const [reply] = repliesOf(message, await invoke([new BatchMember(body, context)], context), 1)
    return reply
  }
  const named = Object.defineProperty(alone, 'name', { value: invoke.name })
  return {
    ...subscription(name, message, 'transactional', options, named),
    concurrency: options.concurrency ?? maxSize,
    batch: { maxSize, invoke },
  }
}
