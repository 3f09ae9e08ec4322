import type { ClaimedDelivery, RateLimits } from '../bus/index.ts'
import type { Room } from './share-room.ts'

/** What this node takes out of the shared buckets, and when it is worth to ask again. */
export class Tokens {
  readonly #rateLimits: RateLimits
  /** Handlers that are held back, and until when. */
  readonly #emptyUntil = new Map<string, number>()

  constructor(rateLimits: RateLimits) {
    this.#rateLimits = rateLimits
  }

  get nextInMs(): number | null {
    if (this.#emptyUntil.size === 0) return null
    return Math.max(0, Math.min(...this.#emptyUntil.values()) - performance.now())
  }

  /**
   * The rooms for which there are tokens, each as large as there are. To be asked at every look, for none if there are
   * none: whoever has no room when his time has come, or is paused by then, is not looked for again before he has.
   */
  async take(rooms: readonly Room[]): Promise<Room[]> {
    const now = performance.now()
    for (const [name, until] of this.#emptyUntil) if (until <= now) this.#emptyUntil.delete(name)
    const asked = rooms
      .filter((room) => !this.#emptyUntil.has(room.subscription))
      .map(({ subscription, rateLimit, free }) => ({ subscription, limit: rateLimit!, wanted: free }))
    if (asked.length === 0) return []
    const granted = await this.#rateLimits.take(asked)
    for (const { subscription, nextInMs } of granted) {
      if (nextInMs !== null) this.#emptyUntil.set(subscription, performance.now() + nextInMs)
    }
    const tokens = new Map(granted.map((each) => [each.subscription, each.tokens]))
    return rooms.map((room) => ({ ...room, free: tokens.get(room.subscription) ?? 0 })).filter((room) => room.free > 0)
  }

  async giveBack(granted: readonly Room[], claimed: readonly ClaimedDelivery[]): Promise<void> {
    const unused = granted
      .map(({ subscription, rateLimit, free }) => ({
        subscription,
        limit: rateLimit!,
        tokens: free - claimed.filter((each) => each.subscription === subscription).length,
      }))
      .filter((each) => each.tokens > 0)
    if (unused.length > 0) await this.#rateLimits.giveBack(unused)
  }
}
