import type {
  Capacity,
  ClaimedDelivery,
  DeliveryStore,
  Outages,
  RateLimits,
  Registry,
  Subscription,
} from '../bus/index.ts'
import type { LiveSettings } from './live-settings.ts'
import type { Pace } from './pace.ts'
import { type Room, shareRoom } from './share-room.ts'
import { Tokens } from './tokens.ts'

export interface IntakeOptions {
  registry: Registry
  deliveries: Pick<DeliveryStore, 'claim'>
  settings: LiveSettings
  outages: Pick<Outages, 'roomFor'>
  rateLimits: RateLimits
  pace: Pick<Pace, 'aheadOf'>
  leaseMs: number
  /** Deliveries in flight on this node; handlers of which none is may exceed it by one each. */
  maxInFlight: number
}

/** Beyond it a fetch costs as much for each as one of less. */
const MOST_AHEAD = 200

/** What this node has in hand, by subscription: what runs, and what was fetched ahead. */
export type InHandCounts = ReadonlyMap<string, number>

/**
 * Takes in what there is room for: as declared and as operators set it, within the node's room and within rates.
 * While there is room for all and nothing has a rate it is one statement. Quick handlers get as much again to go on
 * with, or more of what is very quick, and once more while as many are being settled, so that they need not wait for the
 * database, unless the node's room is short or a rate holds them back.
 */
export class Intake {
  readonly #options: IntakeOptions
  readonly #tokens: Tokens
  /** Whose queue was empty when it was last looked at. */
  readonly #drained = new Set<string>()
  /** How many may be fetched ahead for each handler, as of the last look. */
  #share = 0

  constructor(options: IntakeOptions) {
    this.#options = options
    this.#tokens = new Tokens(options.rateLimits)
  }

  /** Hands on what it claims as it claims it. Returns how many. */
  async take(held: InHandCounts, begin: (claimed: ClaimedDelivery[]) => void): Promise<number> {
    const { settings, maxInFlight } = this.#options
    await settings.load()
    this.#share = this.#shareAhead()
    const left = maxInFlight - totalOf(held)
    const ahead = this.#rooms(held, (subscription) => this.roomOf(subscription))
    const rooms = isEnough(left, ahead) ? ahead : this.#rooms(held, (subscription) => this.concurrencyOf(subscription))
    const shares = shareRoom(rooms, left)
    this.#forgetDrained(shares)
    const unlimited = shares.filter((each) => each.rateLimit === null)
    const claimed = await this.#claim(unlimited, begin)
    const isShort = shares !== rooms
    const others = isShort ? whatOthersLeft(rooms, unlimited, claimed, left - claimed.length) : []
    const more = await this.#claim(others, begin)
    const limited = shares.filter((each) => each.rateLimit !== null)
    return claimed.length + more.length + (await this.#claimLimited(limited, begin))
  }

  /** Something was put into a queue, nobody says which. */
  disturb(): void {
    this.#drained.clear()
  }

  /** Whether nothing waits for it, as far as this node knows. */
  isDrained(subscription: string): boolean {
    return this.#drained.has(subscription)
  }

  /** Whether one more could begin at this moment, with none that waits overtaken. */
  canBegin(subscription: Subscription, held: InHandCounts): boolean {
    const { name, order, batch, rateLimit } = subscription
    if (!this.#drained.has(name) || order !== null || batch !== null || rateLimit !== null) return false
    const { settings, outages, maxInFlight } = this.#options
    const set = settings.of(subscription)
    if (set?.isPaused === true || (set?.rateLimit ?? null) !== null) return false
    const room = Math.min(this.concurrencyOf(subscription) - (held.get(name) ?? 0), maxInFlight - totalOf(held))
    return room > 0 && outages.roomFor(name, room) === room
  }

  /** Milliseconds until a handler whose rate holds it back may go on; null when none is. */
  get nextTokenInMs(): number | null {
    return this.#tokens.nextInMs
  }

  concurrencyOf(subscription: Subscription): number {
    return this.#options.settings.of(subscription)?.concurrency ?? subscription.concurrency
  }

  /** How many it may have in hand: fetched ahead, running, and being settled. */
  roomOf(subscription: Subscription): number {
    return this.concurrencyOf(subscription) + 2 * this.#aheadOf(subscription)
  }

  /** How many are fetched at once: no more than may run, or than are fetched ahead, so that the next come while these run. */
  fetchOf(subscription: Subscription): number {
    return Math.max(this.concurrencyOf(subscription), this.#aheadOf(subscription))
  }

  #aheadOf(subscription: Subscription): number {
    const { settings, pace } = this.#options
    const { name, batch, rateLimit } = subscription
    const isHeldBack = (settings.of(subscription)?.rateLimit ?? rateLimit) !== null
    if (isHeldBack) return 0
    const concurrency = this.concurrencyOf(subscription)
    // What is fetched at once for a batch handler runs at once.
    const most = batch === null ? Math.min(MOST_AHEAD, this.#share) : 0
    return Math.min(concurrency * pace.aheadOf(name), Math.max(concurrency, most))
  }

  /** Of the node's room what is left beside all that may run, for each: once to go on with, once while as many are settled. */
  #shareAhead(): number {
    const { registry, maxInFlight } = this.#options
    const all = [...registry.subscriptions.values()]
    const mayRun = all.reduce((total, { subscription }) => total + this.concurrencyOf(subscription), 0)
    return Math.floor((maxInFlight - mayRun) / (2 * all.length))
  }

  /** Of whom is not looked at nobody knows any more what has become due. */
  #forgetDrained(shares: readonly Room[]): void {
    const looked = new Set(shares.map((each) => each.subscription))
    for (const name of this.#drained) if (!looked.has(name)) this.#drained.delete(name)
  }

  #rooms(held: InHandCounts, roomOf: (subscription: Subscription) => number): Room[] {
    const { registry, settings, outages } = this.#options
    return [...registry.subscriptions.values()]
      .filter(({ subscription }) => settings.of(subscription)?.isPaused !== true)
      .map(({ subscription }): Room => {
        const { name, order, priority, rateLimit } = subscription
        const now = held.get(name) ?? 0
        return {
          subscription: name,
          free: outages.roomFor(name, Math.min(roomOf(subscription) - now, this.fetchOf(subscription))),
          order,
          running: now,
          priority,
          rateLimit: settings.of(subscription)?.rateLimit ?? rateLimit,
        }
      })
      .filter((each) => each.free > 0)
  }

  async #claim(rooms: readonly Room[], begin: (claimed: ClaimedDelivery[]) => void): Promise<ClaimedDelivery[]> {
    if (rooms.length === 0) return []
    const { deliveries, leaseMs } = this.#options
    for (const { subscription } of rooms) this.#drained.delete(subscription)
    const claimed = await deliveries.claim(rooms.map(toCapacity), leaseMs)
    const counts = countsOf(claimed)
    for (const { subscription, free, order } of rooms) {
      // Where order is kept the next of a key waits for the one before, and no claim sees it.
      if (order === null && (counts.get(subscription) ?? 0) < free) this.#drained.add(subscription)
    }
    begin(claimed)
    return claimed
  }

  async #claimLimited(rooms: readonly Room[], begin: (claimed: ClaimedDelivery[]) => void): Promise<number> {
    const granted = await this.#tokens.take(rooms)
    const claimed = await this.#claim(granted, begin)
    await this.#tokens.giveBack(granted, claimed)
    return claimed.length
  }
}

function totalOf(held: InHandCounts): number {
  return [...held.values()].reduce((total, each) => total + each, 0)
}

function countsOf(claimed: readonly ClaimedDelivery[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { subscription } of claimed) counts.set(subscription, (counts.get(subscription) ?? 0) + 1)
  return counts
}

function isEnough(left: number, rooms: readonly Room[]): boolean {
  return rooms.reduce((total, each) => total + each.free, 0) <= left
}

/** What handlers with little to do did not take goes to those that could take more. */
function whatOthersLeft(
  rooms: readonly Room[],
  shares: readonly Room[],
  claimed: readonly ClaimedDelivery[],
  left: number,
): readonly Room[] {
  if (left <= 0) return []
  const hungry = rooms.flatMap((room) => {
    const share = shares.find((each) => each.subscription === room.subscription)?.free ?? 0
    const own = claimed.filter((each) => each.subscription === room.subscription).length
    if (share === 0 || share === room.free || own < share) return []
    return [{ ...room, free: room.free - own, running: room.running + own }]
  })
  return shareRoom(hungry, left)
}

function toCapacity({ subscription, free, order }: Room): Capacity {
  return { subscription, free, order }
}
