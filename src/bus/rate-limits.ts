import type { RateLimit } from './handler-settings.ts'

export interface TokensAsked {
  subscription: string
  limit: RateLimit
  /** At most so many: as much as there is room for. */
  wanted: number
}

export interface TokensGranted {
  subscription: string
  tokens: number
  /** Milliseconds until there is another token, where more is due than was granted. */
  nextInMs: number | null
}

/** The buckets of handlers with a rate limit, shared by all nodes. Handlers without one never get here. */
export interface RateLimits {
  /** Takes tokens for deliveries that are due, and no more than those. */
  take(asked: readonly TokensAsked[]): Promise<TokensGranted[]>
  /** Puts back what was taken and not used, because another node was faster. */
  giveBack(unused: readonly { subscription: string; limit: RateLimit; tokens: number }[]): Promise<void>
}
