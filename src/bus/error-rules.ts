import { BusError, RetryAfter, Unrecoverable } from './errors.ts'

type ErrorClass = abstract new (...args: never[]) => Error

/**
 * - `dead`: at once, whatever attempts are left.
 * - `discard`: nobody needs to decide about it; kept, with the error as its reason.
 * - `retryAfterMs`, `retryAfter`: tried again after this time instead of the policy's, while there are attempts left.
 */
export type ErrorAction = 'dead' | 'discard' | { retryAfterMs: number } | { retryAfter(error: Error): number }

/** What to do about errors of one kind. Of a handler's rules the first that fits holds. */
export interface ErrorRule {
  /** A class of errors, or a test of one. */
  when: ErrorClass | ((error: Error) => boolean)
  do: ErrorAction
}

/** `policy`: nobody has said anything about this error, and the retry policy decides. */
export type Verdict = { verdict: 'policy' | 'dead' | 'discard' } | { verdict: 'retry'; delayMs: number }

const POLICY: Verdict = { verdict: 'policy' }
const LONGEST_DELAY_MS = 7 * 24 * 60 * 60_000

/** What the handler's rules say of an error, then what the error says of itself. */
export function judge(rules: readonly ErrorRule[], error: Error): Verdict {
  const rule = rules.find((each) => fits(each, error))
  if (rule) return verdictOf(rule.do, error)
  if (error instanceof RetryAfter) return retryIn(error.afterMs)
  return isHopeless(error) ? { verdict: 'dead' } : POLICY
}

function fits({ when }: ErrorRule, error: Error): boolean {
  if (isErrorClass(when)) return error instanceof when
  try {
    return when(error)
  } catch {
    // A test that cannot read this error does not mean it.
    return false
  }
}

function isErrorClass(when: ErrorRule['when']): when is ErrorClass {
  const { prototype } = when as { prototype?: unknown }
  return prototype === Error.prototype || prototype instanceof Error
}

function verdictOf(action: ErrorAction, error: Error): Verdict {
  if (typeof action === 'string') return { verdict: action }
  if ('retryAfterMs' in action) return retryIn(action.retryAfterMs)
  try {
    return retryIn(action.retryAfter(error))
  } catch {
    return POLICY
  }
}

function retryIn(delayMs: number): Verdict {
  if (!Number.isFinite(delayMs)) return POLICY
  return { verdict: 'retry', delayMs: Math.min(LONGEST_DELAY_MS, Math.max(0, Math.round(delayMs))) }
}

const HOPELESS = new Set([
  'invalid-body',
  'invalid-options',
  'invalid-reply',
  'unknown-message',
  'unsealable',
  'wrong-kind',
  'not-the-owner',
])

function isHopeless(error: Error): boolean {
  return error instanceof Unrecoverable || (error instanceof BusError && HOPELESS.has(error.code))
}
