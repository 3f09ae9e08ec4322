/**
 * Twilio's codes that mean: no text will reach this number. Not a number, none that takes texts, or its holder has
 * asked for no more.
 */
const NEVER = new Set([21_211, 21_214, 21_610, 21_612, 21_614, 21_217])

/** What the provider said, where it means that no text will reach the number; null where it does not. */
export function rejectionOf(status: number, code: number | undefined): string | null {
  return code !== undefined && NEVER.has(code) ? `${status} ${code}` : null
}

/** Answers of the 4xx kind that may be others the next time. */
const RETRYABLE = new Set([408, 425, 429])

export function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && !RETRYABLE.has(status)
}

/** Answers that may say when to come again, in a Retry-After header. */
export function maySayWhen(status: number): boolean {
  return status === 429 || status === 503
}
