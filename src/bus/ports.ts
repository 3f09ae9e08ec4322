import type { KeyObject } from 'node:crypto'
import type { DeliveryState } from './delivery.ts'
import type { Envelope } from './envelope.ts'
import type { RecordedError } from './errors.ts'
import type { HandlerSettingsStore } from './handler-settings.ts'
import type { ProcessStore } from './process-store.ts'
import type { RateLimits } from './rate-limits.ts'
import type { RecurringStore } from './recurring.ts'
import type { Retention } from './retention.ts'

/**
 * The transaction a handler is given. Empty here: the storage adapter that opens it says what it can do,
 * by declaration merging.
 */
export interface Tx {
  /** Whether anything was done in it. It begins with its first statement: a handler that does nothing in it costs none. */
  readonly isOpen: boolean
}

export interface Clock {
  now(): Date
}

/**
 * Runs work in one transaction: committed when the work returns, rolled back when it throws, and at once when the
 * signal is aborted, even if the work goes on. Wakes whoever waits for work after the commit.
 */
export interface UnitOfWork {
  run<T>(work: (tx: Tx) => Promise<T>, options?: WorkOptions): Promise<T>
}

export interface WorkOptions {
  signal?: AbortSignal
  /** It may take long: however many there are of these, whoever else works in the storage need not wait for them. */
  leavesRoom?: boolean
}

/** A delivery as it is written with its message: one for each subscription there is at that moment. */
export interface PlannedDelivery {
  deliveryId: string
  subscription: string
  /** Place in the registry, so that every view lists deliveries in the same order. */
  position: number
  maxAttempts: number
  /** Why the subscription does not want it; such a delivery is written as `skipped`. */
  skipReason: string | null
  /** Why its handler could not read it; such a delivery waits for a build that can. */
  parkedReason: string | null
  /** The message's key, where the subscription keeps order. */
  orderingKey: string | null
  /** It begins on the node that sends it, which holds it from the first moment; null where it waits to be claimed. */
  lease: NewLease | null
}

export interface NewLease {
  token: string
  ms: number
}

export interface PlannedMessage {
  envelope: Envelope
  deliveries: PlannedDelivery[]
  /** How long its idempotency key holds, in milliseconds. */
  idempotencyWindowMs: number
}

/** What became of a message handed to the outbox. */
export interface Added {
  messageId: string
  conversationId: string
  /** False when the same message id or idempotency key was there already; the ids are then those of the first. */
  isNew: boolean
}

export interface Outbox {
  /** Writes messages and their deliveries in the given transaction, in the given order. One answer for each. */
  add(tx: Tx, messages: readonly PlannedMessage[]): Promise<Added[]>
  /**
   * The same at the end of the transaction, for messages that were never sent before and have no idempotency key: nobody
   * waits for an answer. Without them nothing is committed.
   */
  addLast(tx: Tx, messages: readonly PlannedMessage[]): Promise<void>
  /**
   * The same in a transaction of its own: all of them or, when it rejects, none. With `isAwaited` nobody is told that they
   * are accepted before their reply: their commit need not wait for the disk, that of the reply takes it along.
   */
  commit(messages: readonly PlannedMessage[], options?: { isAwaited?: boolean }): Promise<Added[]>
  /** Whether the message is stored, and stays so whatever befalls the machine. */
  isDurable(messageId: string): Promise<boolean>
}

/** A delivery in the hands of this node, until `leaseUntil`. */
export interface ClaimedDelivery {
  deliveryId: string
  subscription: string
  /** Number of this attempt, 1 for the first. */
  attempt: number
  /** Grows by an operator's retry, so that a revived delivery has its attempts again. */
  maxAttempts: number
  leaseToken: string
  /** Whether a node went silent with it once: it may be what silences nodes. */
  lostBefore: boolean
  /**
   * When its time to live is over, by this process's `performance.now()`; null where it is for ever fresh. How long it has
   * left goes by the storage's clock: those of nodes may differ.
   */
  staleAt: number | null
  envelope: Envelope
  /** The person it is about was erased: what it says can be read by nobody any more. */
  isErased?: boolean
}

export interface Capacity {
  subscription: string
  free: number
  order: OrderPolicy | null
}

/**
 * Deliveries of one key are handled one after the other, never two at once, in the order in which their messages were
 * sent. What is sent by two open transactions at once has no order between them: the one that can be seen goes first.
 * While one of them is dead the rest of its key waits for a decision (`wait`), or goes on without it (`go-on`).
 */
export interface OrderPolicy {
  whenDead: 'wait' | 'go-on'
}

export type Outcome =
  | { outcome: 'succeeded'; reply: unknown }
  /** `isSpared`: this attempt does not count against the most there are. */
  | { outcome: 'retry'; error: RecordedError; delayMs: number; isSpared: boolean }
  | { outcome: 'dead'; error: RecordedError; fingerprint: string /** What else went wrong. */; reason: string | null }
  /** A rule of its handler says that nobody needs to decide about it. */
  | { outcome: 'discarded'; error: RecordedError; fingerprint: string; reason: string }
  /** Its time to live was over before it was handled. */
  | { outcome: 'expired' }
  /** Its person was erased: nobody can read it any more. */
  | { outcome: 'erased' }
  /** This build cannot read it: it waits for one that can, and no attempt is counted. */
  | { outcome: 'parked'; reason: string }

/** How one attempt ended, and what its handler sent. */
export interface Conclusion {
  delivery: ClaimedDelivery
  outcome: Outcome
  messages: readonly PlannedMessage[]
  /** How long the handler ran. */
  durationMs: number
}

/** A delivery that was handled, and the reply to it; null for an event. */
export interface Succeeded {
  delivery: ClaimedDelivery
  reply: unknown
}

/** A delivery that waits for a build which can read its message. */
export interface ParkedDelivery {
  deliveryId: string
  subscription: string
  name: string
  version: number
  body: unknown
}

/** A delivery that is handled some day, or may be, with its message as it is stored. */
export interface WaitingDelivery extends ParkedDelivery {
  state: DeliveryState
}

/** A delivery that somebody decides about, with its message as it is stored. */
export interface HeldDelivery {
  state: DeliveryState
  reason: string | null
  subscription: string
  envelope: Envelope
}

/** What an operator can do to a delivery; the answer says what really happened. */
export type Intervention = 'done' | 'wrong-state' | 'unknown'

export interface DeliveryStore {
  /**
   * Leases due deliveries, oldest first, at most `free` of each subscription; of a key that is kept in order only
   * the first. A delivery leased by somebody else is passed over, never waited for.
   */
  claim(capacities: Capacity[], leaseMs: number): Promise<ClaimedDelivery[]>
  /**
   * Says durably that the handler is about to run, where a node went silent with the delivery before; otherwise the
   * first renewal says it, or the settlement. Returns whether the lease is still held.
   */
  start(delivery: ClaimedDelivery): Promise<boolean>
  /** Extends leases that are still held, of handlers that run; returns the tokens that are not any more. */
  renew(held: readonly ClaimedDelivery[], leaseMs: number): Promise<string[]>
  /**
   * Records the outcome of an attempt.
   *
   * Only the current lease holder may settle: with a stale lease nothing changes and `false` comes back,
   * because another dispatcher owns the delivery by now. Runs in the handler's transaction, so that the
   * handler's effects and the outcome commit together. An adapter may find out as late as at the commit, which then
   * rejects with `lease-lost`.
   */
  settle(tx: Tx, delivery: ClaimedDelivery, outcome: Outcome, durationMs: number): Promise<boolean>
  /** Records that many attempts succeeded, in their handler's transaction. Returns the tokens of those held. */
  settleAll(tx: Tx, succeeded: readonly Succeeded[], durationMs: number): Promise<ReadonlySet<string>>
  /**
   * Records the outcomes of many attempts in one transaction of its own, and sends what the handlers left behind.
   * Returns the tokens of those that held their lease; of the others nothing remains, their messages included.
   */
  conclude(conclusions: readonly Conclusion[]): Promise<ReadonlySet<string>>
  /** What was claimed and has not begun is due again as it was, with its attempt back. */
  giveBack(held: readonly ClaimedDelivery[]): Promise<void>
  /**
   * Takes back deliveries whose lease ran out. An attempt that is known to have started ended without a word and
   * counts; what was only fetched has its attempt back. Those with no attempts left are passed over. Returns how many.
   */
  reap(): Promise<number>
  /** Those of them with no attempts left, leased to this node: to be settled as dead, not to be handled. */
  takeOrphans(subscriptions: string[], leaseMs: number): Promise<ClaimedDelivery[]>
  /** What is parked for these subscriptions, ordered by id, from the one after the given. */
  findParked(subscriptions: string[], after: string | null, limit: number): Promise<ParkedDelivery[]>
  /** What is pending, running, retrying or dead, ordered by id, from the one after the given. */
  findWaiting(after: string | null, limit: number): Promise<WaitingDelivery[]>
  /** Lets go of what is parked: due as it was. Returns how many of the given were. */
  unpark(tx: Tx, deliveryIds: readonly string[]): Promise<number>
  /**
   * Milliseconds until the next delivery is due, 0 when it is by now, of those that were not due yet so many
   * milliseconds ago; null when there is none.
   */
  nextDueInMs(
    subscriptions: readonly { name: string; order: OrderPolicy | null }[],
    notDueAgoMs: number,
  ): Promise<number | null>
  /** dead → retrying, due at once, with as many attempts again. */
  revive(tx: Tx, deliveryId: string): Promise<Intervention>
  /** dead → discarded, with the reason. */
  discard(tx: Tx, deliveryId: string, reason: string): Promise<Intervention>
  /** Nobody else changes it until the transaction ends. Null where there is none. */
  hold(tx: Tx, deliveryId: string): Promise<HeldDelivery | null>
  /** dead → discarded for good: a message that was added in this transaction stands in its place, and points to it. */
  replace(tx: Tx, deliveryId: string, messageId: string): Promise<Intervention>
  /**
   * discarded → dead, unless a message stands in its place; a delivery that was cancelled before it was ever tried is
   * pending again, due at its time.
   */
  restore(tx: Tx, deliveryId: string): Promise<Intervention>
  /** pending → discarded, with the reason: all deliveries of a message that were not tried yet. */
  cancel(tx: Tx, messageId: string, reason: string): Promise<Intervention>
  /** Another time for all deliveries of a message that were not tried yet; their time to live moves along. */
  reschedule(tx: Tx, messageId: string, at: Date): Promise<Intervention>
}

/** Handlers in outage, as all nodes see them. See {@link Outages}. */
export interface OutageStore {
  /** Each with the time until its next probe, in milliseconds. */
  list(): Promise<{ subscription: string; since: Date; probeInMs: number }[]>
  /** Returns false when it is in outage already. */
  begin(subscription: string, probeInMs: number): Promise<boolean>
  /** Of all who ask for a probe that is due one gets it; the next one is due in `holdMs` at the earliest. */
  takeProbe(subscription: string, holdMs: number): Promise<boolean>
  postponeProbe(subscription: string, probeInMs: number): Promise<void>
  /** Returns false when it was not in outage any more. */
  end(subscription: string): Promise<boolean>
}

/** What is removed once it is past its time. Every batch is a transaction of its own; the caller sets the pace. */
export interface History {
  /**
   * Removes messages whose deliveries all succeeded, were skipped or discarded, and have been so for as long as the
   * message is kept; what is pending, running, retrying or dead is never touched. Yields how many went with each batch.
   */
  purge(retention: Retention): AsyncIterable<number>
  /**
   * Removes instances of processes that finished long ago, with their revisions; never one that runs. Yields how many
   * went with each batch.
   */
  purgeProcesses(retention: Retention): AsyncIterable<number>
  /** Removes idempotency keys whose window is over, and notes of changes that nobody reads any more. */
  tidy(): AsyncIterable<number>
}

/** How a command ended, for whoever waits for its reply; `dead` also where it will not be handled for another reason. */
export type Settlement = { state: 'succeeded'; reply: unknown } | { state: 'dead'; error: RecordedError }

export interface ReplyStore {
  /** The settled ones among the given commands, by message id. */
  findSettled(messageIds: string[]): Promise<Map<string, Settlement>>
}

/**
 * What was committed: `work` when deliveries may be due, `change` when deliveries only moved on. Says nothing about
 * which: whoever hears it looks.
 */
export type WakeTopic = 'work' | 'change'

/** Tells that something was committed, on this node at once and on others soon. */
export interface Wake {
  signal(topic: WakeTopic): void
  /** The same for other nodes alone: whoever is here knows already. */
  tellOthers(topic: WakeTopic): void
  /** Returns a function that ends the subscription. */
  listen(listener: (topic: WakeTopic) => void): () => void
}

/** Makes a secret unreadable at rest, and readable for its handler. */
export interface Sealer {
  seal(text: string): string
  /** @throws BusError `unsealable` when the key is another one or the text was changed. */
  open(sealed: string): string
  /** The same sealed with the present secret, or null where it is already. @throws BusError `unsealable`. */
  reseal(sealed: string): string | null
  /** What is personal but belongs to nobody in particular is sealed with the first, and opened with any. */
  readonly installationKeys: readonly KeyObject[]
  /** By which a text is found that is stored nowhere in clear: the first is stored, the others may be there still. */
  hashes(text: string): string[]
}

/** Where the keys of people are kept, each wrapped; null is the key of somebody who was erased. */
export interface PersonKeyStore {
  /** The keys of these people. Whoever has none gets the one that is offered; it is stored before this resolves. */
  claim(offered: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string | null>>
  /** The keys of those who have one, or had. */
  find(people: readonly string[]): Promise<ReadonlyMap<string, string | null>>
  /** Destroys a person's key for good, also that of somebody who had none. Returns false when it was destroyed before. */
  erase(tx: Tx, person: string): Promise<boolean>
  /**
   * Takes back the key of somebody who did not come to be: what was sealed with it can be read by nobody. Another node may
   * remember it for a minute. Nothing happens to the mark of somebody who was erased.
   */
  withdraw(tx: Tx, person: string): Promise<void>
  /** Told of each person who was erased, on whichever node; null when it may have missed some. */
  onErased(listener: (person: string | null) => void): void
}

/** What a node says of itself. */
export interface NodeDescription {
  host: string
  pid: number
  role: string
  version: string
}

/** What the nodes of one database know of each other. */
export interface NodeStore {
  /** Says that this node lives, and how many deliveries it runs. */
  beat(description: NodeDescription, inFlight: number): Promise<void>
  /** Says that this node has stopped, and gives up what it leads. */
  leave(): Promise<void>
  /** Takes or keeps the lead of a job for this long; `false` when another node has it. */
  lead(job: string, leaseMs: number): Promise<boolean>
  /** Removes nodes that stopped or went silent long ago. Returns how many. */
  forget(): Promise<number>
}

/** Everything the bus needs from a storage adapter. */
export interface Storage {
  unitOfWork: UnitOfWork
  outbox: Outbox
  deliveries: DeliveryStore
  replies: ReplyStore
  outages: OutageStore
  processes: ProcessStore
  history: History
  handlerSettings: HandlerSettingsStore
  rateLimits: RateLimits
  recurring: RecurringStore
  personKeys: PersonKeyStore
  /** What handlers' own tables say of a person, in clear. It is struck out of errors: asked only when something failed. */
  knownTexts(person: string): Promise<readonly string[]>
  wake: Wake
}
