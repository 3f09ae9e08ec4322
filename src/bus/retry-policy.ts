/** When a failed delivery is tried again. Delays grow by `factor` up to `maxDelayMs`, spread by `jitter`. */
export interface RetryPolicy {
  /** Attempts in all, the first included. Then the delivery is dead. */
  maxAttempts: number
  /** Attempts that follow at once when the first has failed. */
  immediate: number
  /** Delay before the first attempt that does not follow at once, in milliseconds. */
  firstDelayMs: number
  factor: number
  maxDelayMs: number
  /** Share of the delay that is random, 0 to 1: 0.2 spreads a delay over ±20 %. */
  jitter: number
}

export const DEFAULT_RETRY: RetryPolicy = {
  maxAttempts: 6,
  immediate: 0,
  firstDelayMs: 1_000,
  factor: 3,
  maxDelayMs: 10 * 60_000,
  jitter: 0.2,
}

/**
 * Delay in milliseconds after the given failed attempt, or `null` to give up.
 *
 * @param attempt 1 for the first attempt.
 * @param random a number in [0, 1), passed in so that the policy stays pure.
 */
export function nextDelay(policy: RetryPolicy, attempt: number, random: number): number | null {
  if (attempt >= policy.maxAttempts) return null
  if (attempt <= policy.immediate) return 0
  const delayed = attempt - policy.immediate
  const grown = Math.min(policy.maxDelayMs, policy.firstDelayMs * policy.factor ** (delayed - 1))
  return Math.round(grown * (1 + policy.jitter * (2 * random - 1)))
}
