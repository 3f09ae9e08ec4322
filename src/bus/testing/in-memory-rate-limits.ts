import type { RateLimits, TokensAsked, TokensGranted } from '../rate-limits.ts'

/** The buckets of rate-limited handlers, in the memory of one process. */
export class InMemoryRateLimits implements RateLimits {
  readonly #spentUntil = new Map<string, number>()
  readonly #countDue: (subscription: string) => number
  readonly #now: () => number

  constructor(countDue: (subscription: string) => number, now: () => number) {
    this.#countDue = countDue
    this.#now = now
  }

  async take(asked: readonly TokensAsked[]): Promise<TokensGranted[]> {
    return asked.flatMap((each) => this.#take(each))
  }

  async giveBack(unused: Parameters<RateLimits['giveBack']>[0]): Promise<void> {
    for (const { subscription, limit, tokens } of unused) {
      const spentUntil = this.#spentUntil.get(subscription) ?? 0
      this.#spentUntil.set(subscription, spentUntil - (tokens * limit.perMs) / limit.count)
    }
  }

  #take({ subscription, limit, wanted }: TokensAsked): TokensGranted[] {
    const due = Math.min(wanted, this.#countDue(subscription))
    if (due === 0) return []
    const tokenMs = limit.perMs / limit.count
    const spentUntil = Math.max(this.#spentUntil.get(subscription) ?? 0, this.#now() - limit.perMs)
    const unspentMs = this.#now() - spentUntil
    const tokens = Math.max(0, Math.min(due, Math.floor(unspentMs / tokenMs)))
    if (tokens > 0) this.#spentUntil.set(subscription, spentUntil + tokens * tokenMs)
    return [{ subscription, tokens, nextInMs: tokens < due ? Math.max(1, (tokens + 1) * tokenMs - unspentMs) : null }]
  }
}
