import fc from 'fast-check'
import { expect } from 'vitest'
import { transition } from '../../delivery.ts'
import { newId } from '../../envelope.ts'
import type { ClaimedDelivery } from '../../ports.ts'
import type { SeenDelivery } from '../contract.ts'
import { LEASE_MS, MINUTES, type Model, type ModelDelivery } from './model.ts'
import { type Act, ALL_SUBSCRIPTIONS, Call, leavesEffect, Pack, Place, SUBSCRIPTIONS } from './shop.ts'
import { findDelivery, type World } from './world.ts'

/** One step of a history: does the same to the model and to the bus, and compares what they answer. */
abstract class Step implements fc.AsyncCommand<Model, World> {
  abstract check(model: Readonly<Model>): boolean

  async run(model: Model, world: World): Promise<void> {
    await this.perform(model, world)
    await expectSame(model, world)
  }

  protected abstract perform(model: Model, world: World): Promise<void>
  abstract toString(): string
}

/** Every delivery is where the model has it, and every effect is there once, in the same order. */
export async function expectSame(model: Model, { harness }: World): Promise<void> {
  const seen = (await harness.deliveries()).map((each) => line(each))
  expect(seen.sort()).toEqual(model.deliveries.map((each) => line(each)).sort())
  expect(await harness.effects()).toEqual(model.effects)
}

function line({
  messageId,
  subscription,
  state,
  attempt,
}: Pick<SeenDelivery, 'messageId' | 'subscription' | 'state' | 'attempt'>): string {
  return `${messageId} ${subscription}: ${state}, attempt ${attempt}`
}

const COMMANDS = { place: Place, pack: Pack, call: Call }

class Send extends Step {
  readonly #what: keyof typeof COMMANDS
  readonly #key: string | null
  readonly #delayMs: number
  readonly #ttlMs: number | null

  constructor(what: keyof typeof COMMANDS, key: string | null, delayMs: number, ttlMs: number | null) {
    super()
    this.#what = what
    this.#key = key
    this.#delayMs = delayMs
    this.#ttlMs = ttlMs
  }

  override check(): boolean {
    return true
  }

  protected async perform(model: Model, { test, harness }: World): Promise<void> {
    const messageId = newId()
    await test.bus.send(
      COMMANDS[this.#what],
      {},
      {
        messageId,
        ...(this.#key !== null && { key: this.#key }),
        ...(this.#delayMs > 0 && { at: new Date(harness.now() + this.#delayMs) }),
        ...(this.#ttlMs !== null && { ttlMs: this.#ttlMs }),
      },
    )
    const dueAt = model.now + this.#delayMs
    const expiresAt = this.#ttlMs === null ? null : dueAt + this.#ttlMs
    model.add({ messageId, subscriptions: SUBSCRIPTIONS[this.#what], key: this.#key, dueAt, expiresAt })
  }

  override toString(): string {
    const later = this.#delayMs > 0 ? `, due in ${this.#delayMs / MINUTES} min` : ''
    const stale = this.#ttlMs === null ? '' : `, stale after ${this.#ttlMs / MINUTES} min`
    return `send ${this.#what}${this.#key === null ? '' : ` with key ${this.#key}`}${later}${stale}`
  }
}

class Claim extends Step {
  readonly #node: number
  readonly #free: number

  constructor(node: number, free: number) {
    super()
    this.#node = node
    this.#free = free
  }

  override check(): boolean {
    return true
  }

  protected async perform(model: Model, { harness, hands }: World): Promise<void> {
    const capacities = ALL_SUBSCRIPTIONS.map(({ name, order }) => ({ subscription: name, free: this.#free, order }))
    const claimed = await harness.storage.deliveries.claim(capacities, LEASE_MS)
    for (const subscription of ALL_SUBSCRIPTIONS) {
      const may = model.claimable(subscription)
      const own = claimed.filter((each) => each.subscription === subscription.name)
      expect(may.map((each) => each.messageId)).toEqual(
        expect.arrayContaining(own.map((each) => each.envelope.messageId)),
      )
      expect(own.length).toBe(Math.min(this.#free, may.length))
    }
    for (const each of claimed) model.claim(modelled(model, each), each.leaseToken)
    hands[this.#node]!.push(...claimed)
    model.held[this.#node]! += claimed.length
  }

  override toString(): string {
    return `node ${this.#node} claims${this.#free === 1 ? ' one of each' : ''}`
  }
}

/** Happens to a node that has something in its hands: one of those, by number. */
abstract class OnBusyNode extends Step {
  readonly #pick: number
  protected node = 0

  constructor(pick: number) {
    super()
    this.#pick = pick
  }

  override check({ held }: Readonly<Model>): boolean {
    return held.some((count) => count > 0)
  }

  override async run(model: Model, world: World): Promise<void> {
    const busy = [0, 1, 2].filter((node) => model.held[node]! > 0)
    this.node = busy[this.#pick % busy.length]!
    await super.run(model, world)
  }
}

class Handle extends OnBusyNode {
  readonly #act: Act

  constructor(pick: number, act: Act) {
    super(pick)
    this.#act = act
  }

  protected async perform(model: Model, world: World): Promise<void> {
    model.held[this.node]! -= 1
    await handleAs(this.#act, world.hands[this.node]!.shift()!, model, world)
  }

  override toString(): string {
    return `node ${this.node} handles its next, which ${this.#act}`
  }
}

/** Handles one delivery for real, and works out what should become of it. */
export async function handleAs(act: Act, claimed: ClaimedDelivery, model: Model, world: World): Promise<void> {
  const { script, test } = world
  const delivery = modelled(model, claimed)
  const { messageId } = claimed.envelope
  script.act = act
  script.published = []
  script.meanwhile = () => passLease(model, world)
  // A lease that ran out is held all the same, until somebody has taken it.
  const isHeld = delivery.leaseToken === claimed.leaseToken
  const isStale = delivery.expiresAt !== null && delivery.expiresAt <= model.now
  if (isHeld && !isStale) model.begin(delivery)
  const { end } = await test.handle(claimed)
  if (!isHeld) return expect(end).toBe('lease-lost')
  if (isStale) {
    expect(end).toBe('expired')
    return model.expire(delivery)
  }
  if (act === 'stalls') return expect(end).toBe('lease-lost')
  if (act !== 'succeeds') {
    model.fail(delivery, act === 'gives up')
    return expect(end).toBe(delivery.state)
  }
  expect(end).toBe('succeeded')
  model.succeed(delivery)
  if (leavesEffect(claimed.subscription)) model.effects.push(`${claimed.subscription} ${messageId}`)
  for (const published of script.published) {
    const { key } = claimed.envelope
    const sent = { messageId: published, key, dueAt: model.now, expiresAt: null }
    model.add({ ...sent, subscriptions: SUBSCRIPTIONS.placed })
  }
}

export async function passLease(model: Model, { harness, hands, test }: World): Promise<void> {
  await harness.advance(2 * LEASE_MS, hands.flat())
  model.now += 2 * LEASE_MS
  await takeOver(model, test)
}

async function takeOver(model: Model, test: World['test']): Promise<void> {
  const ends = await test.reap()
  expect(ends.filter((end) => end === 'dead')).toHaveLength(model.reap())
}

class Crash extends OnBusyNode {
  protected async perform({ held }: Model, { hands }: World): Promise<void> {
    hands[this.node] = []
    held[this.node] = 0
  }

  override toString(): string {
    return `node ${this.node} dies`
  }
}

class PassTime extends Step {
  readonly #ms: number

  constructor(ms: number) {
    super()
    this.#ms = ms
  }

  override check(): boolean {
    return true
  }

  protected async perform(model: Model, { harness, hands }: World): Promise<void> {
    await harness.advance(this.#ms, hands.flat())
    model.now += this.#ms
  }

  override toString(): string {
    return `${this.#ms / MINUTES} min pass`
  }
}

class TakeOver extends Step {
  override check(): boolean {
    return true
  }

  protected async perform(model: Model, { test }: World): Promise<void> {
    await takeOver(model, test)
  }

  override toString(): string {
    return 'what is orphaned is taken over'
  }
}

class Renew extends OnBusyNode {
  protected async perform(model: Model, { harness, hands }: World): Promise<void> {
    const held = hands[this.node]!
    const isOurs = (each: ClaimedDelivery) => modelled(model, each).leaseToken === each.leaseToken
    const lost = await harness.storage.deliveries.renew(held, LEASE_MS)
    expect(lost.sort()).toEqual(
      held
        .filter((each) => !isOurs(each))
        .map((each) => each.leaseToken)
        .sort(),
    )
    for (const each of held.filter(isOurs)) model.renew(modelled(model, each))
  }

  override toString(): string {
    return `node ${this.node} renews its leases`
  }
}

type Intervention = 'revived' | 'discarded' | 'restored'

class Intervene extends Step {
  readonly #index: number
  readonly #event: Intervention

  constructor(index: number, event: Intervention) {
    super()
    this.#index = index
    this.#event = event
  }

  override check(model: Readonly<Model>): boolean {
    return this.#candidates(model).length > 0
  }

  protected async perform(model: Model, world: World): Promise<void> {
    const candidates = this.#candidates(model)
    await intervene(this.#event, candidates[this.#index % candidates.length]!, model, world)
  }

  override toString(): string {
    return `the ${this.#index + 1}. that can be is ${this.#event}`
  }

  #candidates({ deliveries }: Readonly<Model>): ModelDelivery[] {
    return deliveries.filter((each) => transition(each.state, this.#event) !== null)
  }
}

class Cancel extends Step {
  readonly #index: number

  constructor(index: number) {
    super()
    this.#index = index
  }

  override check({ deliveries }: Readonly<Model>): boolean {
    return deliveries.length > this.#index
  }

  protected async perform(model: Model, { harness }: World): Promise<void> {
    const { messageId } = model.deliveries[this.#index]!
    const { deliveries, unitOfWork } = harness.storage
    const done = await unitOfWork.run((tx) => deliveries.cancel(tx, messageId, 'not needed'))
    expect(done).toBe(model.cancel(messageId) ? 'done' : 'wrong-state')
  }

  override toString(): string {
    return `the message of delivery ${this.#index + 1} is cancelled`
  }
}

/** Tries what is not allowed in this state. */
class InterveneInVain extends Step {
  readonly #index: number
  readonly #event: Intervention

  constructor(index: number, event: Intervention) {
    super()
    this.#index = index
    this.#event = event
  }

  override check({ deliveries }: Readonly<Model>): boolean {
    return deliveries.length > this.#index
  }

  protected async perform(model: Model, world: World): Promise<void> {
    await intervene(this.#event, model.deliveries[this.#index]!, model, world)
  }

  override toString(): string {
    return `somebody wants delivery ${this.#index + 1} to be ${this.#event}`
  }
}

export async function intervene(event: Intervention, delivery: ModelDelivery, model: Model, world: World) {
  const { deliveries, unitOfWork } = world.harness.storage
  const { deliveryId } = await findDelivery(world, delivery.messageId, delivery.subscription)
  const done = await unitOfWork.run((tx) => {
    if (event === 'revived') return deliveries.revive(tx, deliveryId)
    return event === 'discarded' ? deliveries.discard(tx, deliveryId, 'not needed') : deliveries.restore(tx, deliveryId)
  })
  expect(done).toBe(model.intervene(delivery, event) ? 'done' : 'wrong-state')
}

function modelled(model: Model, { envelope, subscription }: ClaimedDelivery): ModelDelivery {
  const found = model.find(envelope.messageId, subscription)
  if (!found) throw new Error(`${subscription} was given a message that nobody sent.`)
  return found
}

const node = fc.nat({ max: 2 })
const intervention = fc.tuple(fc.nat({ max: 5 }), fc.constantFrom<Intervention>('revived', 'discarded', 'restored'))
const times = <T>(count: number, step: fc.Arbitrary<T>) => Array.from({ length: count }, () => step)

/** All that may happen, in no order; what makes a history interesting stands there several times. */
export const anything: fc.Arbitrary<Step>[] = [
  ...times(
    4,
    fc
      .tuple(
        fc.constantFrom<keyof typeof COMMANDS>('pack', 'pack', 'place', 'call'),
        fc.constantFrom('a', 'a', 'a', 'b', null),
        fc.constantFrom(0, 0, 0, 0, 0, 10 * MINUTES),
        fc.constantFrom(null, null, null, null, null, 25 * MINUTES),
      )
      .map((given) => new Send(...given)),
  ),
  ...times(
    4,
    fc.tuple(node, fc.constantFrom(1, 100)).map((given) => new Claim(...given)),
  ),
  ...times(
    10,
    fc
      .tuple(node, fc.constantFrom<Act>('succeeds', 'succeeds', 'fails', 'gives up', 'gives up', 'stalls'))
      .map((given) => new Handle(...given)),
  ),
  ...times(
    4,
    intervention.map((given) => new Intervene(...given)),
  ),
  intervention.map((given) => new InterveneInVain(...given)),
  fc.nat({ max: 5 }).map((index) => new Cancel(index)),
  node.map((each) => new Crash(each)),
  node.map((each) => new Renew(each)),
  fc.constantFrom(10 * MINUTES, 40 * MINUTES).map((ms) => new PassTime(ms)),
  fc.constant(new TakeOver()),
]
