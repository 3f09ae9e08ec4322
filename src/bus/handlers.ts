import type { z } from 'zod'
import type { Batching } from './batch-handlers.ts'
import type { Envelope } from './envelope.ts'
import type { ErrorRule } from './error-rules.ts'
import { BusError } from './errors.ts'
import type { RateLimit } from './handler-settings.ts'
import type { BodyOf, CommandDefinition, EventDefinition, MessageDefinition } from './message.ts'
import { DEFAULT_OUTAGE, type OutagePolicy } from './outage.ts'
import type { Clock, OrderPolicy, Tx } from './ports.ts'
import type { RetryPolicy } from './retry-policy.ts'

/** How a handler sends on: always through its context, so that causation and the outbox cannot be forgotten. */
export interface Outgoing {
  /** Asks for something to be done. Leaves only if this attempt wins. Returns the message id. */
  send<D extends CommandDefinition>(command: D, body: BodyOf<D>, options?: OutgoingOptions): string
  /** Tells what has happened. Only a module's own events. Leaves only if this attempt wins. Returns the message id. */
  publish<D extends EventDefinition>(event: D, body: BodyOf<D>, options?: OutgoingOptions): string
}

export interface OutgoingOptions {
  /** Not handled before this time. */
  at?: Date
  /** Subscriptions that keep order handle messages of one key one after the other. */
  key?: string
  /** Not handled later than this after it is due, in milliseconds. */
  ttlMs?: number
}

export interface EffectfulContext extends Outgoing {
  readonly envelope: Envelope
  /** 1 for the first attempt. */
  readonly attempt: number
  readonly clock: Clock
  /** Aborted when the time limit is over or the node stops. Pass it to whatever waits. */
  readonly signal: AbortSignal
}

export interface TransactionalContext extends EffectfulContext {
  /** The transaction in which effects, outgoing messages and the settlement commit together. */
  readonly tx: Tx
}

/** What is known when a delivery is given up. */
export interface DeadContext extends Outgoing {
  readonly envelope: Envelope
  /** What its last attempt failed with. */
  readonly error: Error
  /** Aborted when the time limit is over. */
  readonly signal: AbortSignal
}

export interface HandlerOptions<B = never> {
  /** When it counts as in outage; see {@link OutagePolicy}. Default: after 20 failures in a row. Null: never. */
  outage?: OutagePolicy | null
  /** What to do about certain errors, ahead of the retry policy. */
  errors?: readonly ErrorRule[]
  /**
   * Called once its delivery is given up; what it sends leaves in the transaction that settles it. It may be called
   * again where that transaction did not come about, so it should do nothing but send.
   */
  onDead?: (body: B, context: DeadContext) => Promise<void>
  /** Delays between attempts; see {@link RetryPolicy}. */
  retry?: Partial<RetryPolicy>
  /** Time limit of one attempt, in milliseconds. Default 15,000. */
  timeoutMs?: number
  /** Deliveries handled at once on one node. Default 10; of a batch handler as many as fit into one batch. */
  concurrency?: number
  /** How fast its attempts may begin, on all nodes together; see {@link RateLimit}. Default: as fast as they come. */
  rateLimit?: RateLimit
  /** Where a node has no room for all, handlers with a higher one take in first. Default 0. */
  priority?: number
  /** Keeps the order of messages that were sent with the same key; see {@link OrderPolicy}. Default: no order. */
  order?: OrderPolicy
}

/**
 * - `transactional`: effects through `tx`, outgoing messages and settlement commit together; processed exactly once.
 * - `effectful`: calls outside (SMTP, HTTP) with no transaction held open; at least once, so repeatable by key.
 */
export type HandlerKind = 'transactional' | 'effectful'

/** One subscription: this handler wants that message. Its name is durable: rows refer to it. */
export interface Subscription<D extends MessageDefinition = MessageDefinition> {
  readonly name: string
  /** Name of the function, for errors. */
  readonly handlerName: string
  readonly message: D
  readonly kind: HandlerKind
  readonly retry: Partial<RetryPolicy>
  readonly timeoutMs: number
  readonly concurrency: number
  readonly rateLimit: RateLimit | null
  readonly priority: number
  readonly order: OrderPolicy | null
  readonly errors: readonly ErrorRule[]
  readonly outage: OutagePolicy | null
  /** Why nobody may stop it; null where operators may. See {@link alwaysRunning}. */
  readonly alwaysRuns: string | null
  readonly onDead: ((body: unknown, context: DeadContext) => Promise<void>) | null
  /** Why a message is not for this subscription, or null when it is. Recorded as a skipped delivery. */
  readonly skip: (body: unknown) => string | null
  readonly invoke: (body: unknown, context: TransactionalContext) => Promise<unknown>
  /** How it handles many at once; null where each has its own transaction. */
  readonly batch: Batching | null
}

type Handled<B extends z.ZodObject, R, C> = (command: z.infer<B>, context: C) => Promise<R>
type Reacted<D extends EventDefinition> = (event: BodyOf<D>, context: TransactionalContext) => Promise<void>

export interface SubscriptionOptions<D extends EventDefinition> extends HandlerOptions<BodyOf<D>> {
  /** Returns why this event is not for the subscription, or null. The reason is shown in the inspector. */
  skip?: (event: BodyOf<D>) => string | null
}

/** The handler of a command, in a transaction. The subscription carries the command's name. */
export function handle<B extends z.ZodObject, R, Given extends R>(
  command: CommandDefinition<B, z.ZodType<R>>,
  options: HandlerOptions<z.infer<B>>,
  handler: Handled<B, Given, TransactionalContext>,
): Subscription {
  checkKind('command', command, 'Only a command has a handler; subscribe to an event')
  return subscription(command.name, command, 'transactional', options, handler as Subscription['invoke'])
}

/** The handler of a command that calls outside: no transaction, repeated after a crash. */
export function handleOutside<B extends z.ZodObject, R, Given extends R>(
  command: CommandDefinition<B, z.ZodType<R>>,
  options: HandlerOptions<z.infer<B>>,
  handler: Handled<B, Given, EffectfulContext>,
): Subscription {
  checkKind('command', command, 'Only a command has a handler; subscribe to an event')
  return subscription(command.name, command, 'effectful', options, handler as Subscription['invoke'])
}

/** A named reaction to an event, in a transaction. */
export function subscribe<D extends EventDefinition>(
  event: D,
  name: string,
  options: SubscriptionOptions<D>,
  handler: Reacted<D>,
): Subscription {
  checkKind('event', event, `${name} may subscribe to events only; a command has one handler, given with handle()`)
  return subscription(name, event, 'transactional', options, handler as Subscription['invoke'])
}

/** A named reaction to an event that calls outside: no transaction, repeated after a crash. */
export function subscribeOutside<D extends EventDefinition>(
  event: D,
  name: string,
  options: SubscriptionOptions<D>,
  handler: (event: BodyOf<D>, context: EffectfulContext) => Promise<void>,
): Subscription {
  checkKind(
    'event',
    event,
    `${name} may subscribe to events only; a command has one handler, given with handleOutside()`,
  )
  return subscription(name, event, 'effectful', options, handler as Subscription['invoke'])
}

/**
 * The same, run as declared whatever is set: no operator pauses it, limits it or has it fail, and no row of
 * settings holds it back. Nor is it ever in outage, in which one that succeeds would wait for a probe. For what people
 * need to take such a thing back.
 *
 * @param why a sentence for whoever wonders, like `Nobody could log in.`
 */
export function alwaysRunning(subscription: Subscription, why: string): Subscription {
  return { ...subscription, alwaysRuns: why, outage: null }
}

/** @throws BusError `wrong-kind`. */
export function checkKind(expected: 'command' | 'event', { kind, name }: MessageDefinition, advice: string): void {
  if (kind !== expected) throw new BusError('wrong-kind', `${name} is of kind ${kind}. ${advice}.`)
}

const DEFAULT_TIMEOUT_MS = 15_000
const DEFAULT_CONCURRENCY = 10

type AnyOptions = HandlerOptions & { skip?: (event: never) => string | null }

/** What all kinds of handlers are made into. */
export function subscription(
  name: string,
  message: MessageDefinition,
  kind: HandlerKind,
  options: AnyOptions,
  invoke: Subscription['invoke'],
): Subscription {
  return {
    name,
    handlerName: invoke.name || 'an unnamed function',
    message,
    kind,
    invoke,
    retry: options.retry ?? {},
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    concurrency: options.concurrency ?? DEFAULT_CONCURRENCY,
    rateLimit: options.rateLimit ?? null,
    priority: options.priority ?? 0,
    order: options.order ?? null,
    errors: options.errors ?? [],
    outage: options.outage === undefined ? DEFAULT_OUTAGE : options.outage,
    alwaysRuns: null,
    onDead: (options.onDead as Subscription['onDead'] | undefined) ?? null,
    batch: null,
    skip: (options.skip as Subscription['skip'] | undefined) ?? (() => null),
  }
}
