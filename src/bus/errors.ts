import { storable } from './storable.ts'
import { strikingOut } from './striking-out.ts'

export type BusErrorCode =
  | 'no-handler'
  | 'two-handlers'
  | 'duplicate-subscription'
  | 'duplicate-message'
  | 'duplicate-recurring'
  | 'unknown-message'
  | 'cannot-upcast'
  | 'wrong-kind'
  | 'not-the-owner'
  | 'invalid-body'
  | 'invalid-options'
  | 'invalid-reply'
  | 'reply-timeout'
  | 'handler-fault'
  | 'time-limit'
  | 'lease-lost'
  | 'disk-full'
  | 'injected-fault'
  | 'unsealable'
  | 'process-not-found'
  | 'process-conflict'
  | 'process-unreadable'

/** Every error the bus raises itself. `code` is a closed set; `details` is safe to show and to log. */
export class BusError extends Error {
  override readonly name = 'BusError'
  readonly code: BusErrorCode
  readonly details: Record<string, unknown>

  constructor(
    code: BusErrorCode,
    message: string,
    options: { cause?: unknown; details?: Record<string, unknown> } = {},
  ) {
    super(message, { cause: options.cause })
    this.code = code
    this.details = options.details ?? {}
  }
}

/** Thrown by a handler when trying again cannot help: the delivery goes straight to dead. */
export class Unrecoverable extends Error {
  override readonly name = 'Unrecoverable'
}

/** Thrown by a handler that was told how long to wait, as by an HTTP 429: the next attempt comes after that. */
export class RetryAfter extends Error {
  override readonly name = 'RetryAfter'
  readonly afterMs: number

  constructor(message: string, afterMs: number, options: { cause?: unknown } = {}) {
    super(message, options)
    this.afterMs = afterMs
  }
}

/** How an attempt ended whose node went silent: nobody knows how far it came. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
  readonly code = 'lease-lost'
}

/** An error as an attempt keeps it. What `striking-out.ts` knows to be about people is in none of its texts. */
export interface RecordedError {
  name: string
  message: string
  code: string | null
  stack: string | null
  cause: RecordedError | null
}

const MAX_TEXT = 8_000
const MAX_CAUSES = 5

/** Turns anything thrown into plain data, striking out `hidden` values, and addresses and numbers of whomever. */
export function recordError(thrown: unknown, hidden: readonly string[] = []): RecordedError {
  return record(thrown, strikingOut(hidden), 0)
}

type StrikeOut = (text: string) => string

function record(thrown: unknown, strikeOut: StrikeOut, depth: number): RecordedError {
  const clean = (text: string) => shorten(strikeOut(text))
  const cleanName = (name: string) => (NAME.test(name) ? name : clean(name))
  if (!(thrown instanceof Error)) {
    return { name: 'Thrown', message: clean(String(thrown)), code: null, stack: null, cause: null }
  }
  const { code } = thrown as { code?: unknown }
  return {
    name: cleanName(thrown.name),
    message: clean(thrown.message),
    code: typeof code === 'string' || typeof code === 'number' ? cleanName(String(code)) : null,
    stack: thrown.stack ? shorten(cleanStack(thrown.stack, thrown.message, strikeOut)) : null,
    cause: thrown.cause === undefined || depth >= MAX_CAUSES ? null : record(thrown.cause, strikeOut, depth + 1),
  }
}

/** An end within a character would leave half of it. */
function shorten(text: string): string {
  return storable(text.slice(0, MAX_TEXT))
}

/** What code calls an error: failures are grouped by it. Whatever else somebody put there is a text. */
const NAME = /^[\w.$-]{1,60}$/
const FRAME = /^\s+at /

/**
 * Frames stay as they are: they name places in code, by which failures are grouped, and somebody may be called like a
 * function. Only what comes after the message is taken for a frame; a message may look like some.
 */
function cleanStack(stack: string, message: string, strikeOut: StrikeOut): string {
  const end = stack.indexOf(message) + message.length
  const head = stack.slice(0, end)
  if (end < message.length || head.slice(0, -message.length || undefined).includes('\n')) return strikeOut(stack)
  const lines = stack.slice(end).split('\n')
  const frames = lines.map((line) => (FRAME.test(line) ? line : strikeOut(line)))
  return strikeOut(head) + frames.join('\n')
}
