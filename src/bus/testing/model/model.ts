import { type DeliveryEvent, type DeliveryState, isSettled, transition } from '../../delivery.ts'
import type { OrderPolicy } from '../../ports.ts'

export const MINUTES = 60_000
export const LEASE_MS = 15 * MINUTES
export const RETRY_MS = 10 * MINUTES
export const MAX_ATTEMPTS = 2
/** What the adapters under test grant to a delivery that is revived. */
export const GRANTED_ATTEMPTS = 5

/** What the bus should make of a message for one subscription, in as few words as possible. */
export interface ModelDelivery {
  readonly messageId: string
  readonly subscription: string
  /** The key, where the subscription keeps order. */
  readonly key: string | null
  readonly expiresAt: number | null
  state: DeliveryState
  attempt: number
  maxAttempts: number
  dueAt: number
  /** Null when nobody has it. */
  leaseToken: string | null
  leaseUntil: number
  /** Whether it is known that the handler of this attempt began. */
  hasStarted: boolean
  /** Whether a node went silent with it. */
  lostBefore: boolean
}

/** A subscription of the model: its name, and the order it keeps. */
export interface ModelSubscription {
  name: string
  order: OrderPolicy | null
}

export interface ModelMessage {
  messageId: string
  subscriptions: readonly ModelSubscription[]
  key: string | null
  dueAt: number
  expiresAt: number | null
}

/** A bus so simple that one can see that it is right: a list, and a clock. */
export class Model {
  now = 0
  /** In the order in which they were sent. */
  readonly deliveries: ModelDelivery[] = []
  /** Effects in the order of their commits. */
  readonly effects: string[] = []
  /** How many deliveries each of three nodes has claimed and not handled yet. */
  readonly held = [0, 0, 0]

  add({ subscriptions, key, ...message }: ModelMessage): void {
    for (const { name, order } of subscriptions) {
      this.deliveries.push({
        ...message,
        subscription: name,
        key: order ? key : null,
        state: 'pending',
        attempt: 0,
        maxAttempts: MAX_ATTEMPTS,
        leaseToken: null,
        leaseUntil: 0,
        hasStarted: false,
        lostBefore: false,
      })
    }
  }

  find(messageId: string, subscription: string): ModelDelivery | undefined {
    return this.deliveries.find((each) => each.messageId === messageId && each.subscription === subscription)
  }

  /** What a node may be given now. */
  claimable({ name, order }: ModelSubscription): ModelDelivery[] {
    return this.deliveries.filter(
      (each) =>
        each.subscription === name &&
        transition(each.state, 'claimed') !== null &&
        each.dueAt <= this.now &&
        this.#isItsTurn(each, order),
    )
  }

  claim(delivery: ModelDelivery, leaseToken: string): void {
    this.#move(delivery, 'claimed')
    delivery.attempt += 1
    delivery.leaseToken = leaseToken
    delivery.leaseUntil = this.now + LEASE_MS
    delivery.hasStarted = false
  }

  /** What silenced a node before is known to run before it can do so again. */
  begin(delivery: ModelDelivery): void {
    if (delivery.lostBefore) delivery.hasStarted = true
  }

  renew(delivery: ModelDelivery): void {
    delivery.leaseUntil = this.now + LEASE_MS
    delivery.hasStarted = true
  }

  succeed(delivery: ModelDelivery): void {
    this.#move(delivery, 'succeeded')
  }

  expire(delivery: ModelDelivery): void {
    this.#move(delivery, 'expired')
  }

  fail(delivery: ModelDelivery, isHopeless: boolean): void {
    const isOver = isHopeless || delivery.attempt >= delivery.maxAttempts
    this.#move(delivery, isOver ? 'gave-up' : 'failed')
    if (!isOver) delivery.dueAt = this.now + RETRY_MS
  }

  /** Takes back what nobody has renewed. Returns how many died of it. */
  reap(): number {
    const lost = this.deliveries.filter((each) => each.state === 'running' && each.leaseUntil < this.now)
    return lost.map((each) => this.#takeBack(each)).filter((state) => state === 'dead').length
  }

  /** Returns whether an operator may do it. */
  intervene(delivery: ModelDelivery, intervention: 'revived' | 'discarded' | 'restored'): boolean {
    const event = intervention === 'restored' && delivery.attempt === 0 ? 'reinstated' : intervention
    if (transition(delivery.state, event) === null) return false
    this.#move(delivery, event)
    if (event === 'revived') {
      delivery.dueAt = this.now
      delivery.maxAttempts = delivery.attempt + GRANTED_ATTEMPTS
    }
    return true
  }

  /** Calls off what was not tried yet of a message. Returns whether there was any. */
  cancel(messageId: string): boolean {
    const untried = this.deliveries.filter((each) => each.messageId === messageId && each.state === 'pending')
    for (const each of untried) this.#move(each, 'cancelled')
    return untried.length > 0
  }

  /** An attempt that is known to have begun counts; what was only fetched has its attempt back. */
  #takeBack(delivery: ModelDelivery): DeliveryState {
    const counts = delivery.hasStarted
    const isOver = counts && delivery.attempt >= delivery.maxAttempts
    if (!counts) delivery.attempt -= 1
    this.#move(delivery, isOver ? 'gave-up' : delivery.attempt === 0 ? 'released' : 'failed')
    delivery.lostBefore = true
    if (!isOver) delivery.dueAt = this.now
    return delivery.state
  }

  #isItsTurn(delivery: ModelDelivery, order: OrderPolicy | null): boolean {
    if (delivery.key === null) return true
    const queue = this.deliveries.filter(
      (each) =>
        each.subscription === delivery.subscription &&
        each.key === delivery.key &&
        (!isSettled(each.state) || (each.state === 'dead' && order?.whenDead === 'wait')),
    )
    return queue[0] === delivery && queue.every((each) => each.state !== 'running')
  }

  #move(delivery: ModelDelivery, event: DeliveryEvent): void {
    const next = transition(delivery.state, event)
    if (!next) throw new Error(`The model cannot go on: ${delivery.state} does not take ${event}.`)
    delivery.state = next
    if (next !== 'running') delivery.leaseToken = null
  }
}
