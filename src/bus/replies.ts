import type { RecordedError } from './errors.ts'
import type { ReplyStore, Settlement, Wake } from './ports.ts'
import { LONGEST_TIMER_MS } from './time-limit.ts'

/** Lets callers wait for commands to settle, on whichever node they are handled. */
export interface Replies {
  /** The settlement of a command, or null when it did not settle in time. */
  wait(messageId: string, timeoutMs: number): Promise<Settlement | null>
  /** Answers who waits here; what settles on other nodes is found in the store. */
  settled(messageId: string, settlement: Settlement): void
  stop(): void
}

/** A delivery that is settled, with the error of its last attempt where that failed. */
export interface Settled {
  state: string
  reply: unknown
  /** Why it was skipped or discarded. */
  reason: string | null
  error: RecordedError | null
}

/** What the caller of a command is told. */
export function settlementOf({ state, reply, reason, error }: Settled): Settlement {
  if (state === 'succeeded') return { state, reply }
  // What was not handled at all is told as such, whatever an attempt before failed with.
  return { state: 'dead', error: (state === 'skipped' ? null : error) ?? notHandled(reason) }
}

function notHandled(reason: string | null): RecordedError {
  const message = reason ?? 'It was not handled.'
  return { name: 'NotHandled', message, code: null, stack: null, cause: null }
}

const POLL_MS = 250
/** What settles on this node is told by it; the store is asked for the others, not at every commit of ours. */
const ASK_AFTER_MS = 10

/**
 * Asks the store once for all waiting callers, soon after somebody began to wait or something was committed, and every
 * 250 ms besides.
 * Nothing is asked while nobody waits.
 */
export function createReplies(store: ReplyStore, wake: Wake): Replies {
  const waiting = new Map<string, Set<(settlement: Settlement | null) => void>>()
  let isLooking = false
  let isAskedAgain = false

  const look = async (): Promise<void> => {
    if (waiting.size === 0) return
    if (isLooking) {
      isAskedAgain = true
      return
    }
    isLooking = true
    try {
      do {
        isAskedAgain = false
        const settled = await store.findSettled([...waiting.keys()])
        for (const [messageId, settlement] of settled) answer(messageId, settlement)
      } while (isAskedAgain && waiting.size > 0)
    } catch {
      // The database is away: the poll asks again, and the caller's time limit bounds the wait.
    } finally {
      isLooking = false
    }
  }
  const answer = (messageId: string, settlement: Settlement | null) => {
    // Most commands are awaited by nobody.
    if (waiting.size === 0) return
    const callers = waiting.get(messageId)
    waiting.delete(messageId)
    for (const resolve of callers ?? []) resolve(settlement)
  }

  let planned: NodeJS.Timeout | undefined
  const lookSoon = () => {
    if (waiting.size === 0) return
    planned ??= setTimeout(() => {
      planned = undefined
      void look()
    }, ASK_AFTER_MS)
  }
  const stopListening = wake.listen(lookSoon)
  const poll = setInterval(() => void look(), POLL_MS)
  poll.unref()

  return {
    wait: (messageId, timeoutMs) =>
      new Promise((resolve) => {
        const callers = waiting.get(messageId) ?? new Set()
        waiting.set(messageId, callers)
        const done = (settlement: Settlement | null) => {
          clearTimeout(limit)
          resolve(settlement)
        }
        const limit = setTimeout(
          () => {
            callers.delete(done)
            if (callers.size === 0) waiting.delete(messageId)
            resolve(null)
          },
          Math.min(timeoutMs, LONGEST_TIMER_MS),
        )
        callers.add(done)
        // It may have settled before anybody waited.
        lookSoon()
      }),
    settled: answer,
    stop: () => {
      stopListening()
      clearInterval(poll)
      clearTimeout(planned)
      for (const messageId of [...waiting.keys()]) answer(messageId, null)
    },
  }
}
