import { BusError } from './errors.ts'
import type { Interruption } from './interruption.ts'

/** A timer that is set for longer rings at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Runs `work` for at most `limitMs`. Past the limit `abort` is told and `time-limit` is thrown, whether or not the
 * work heeds the signal.
 */
export function limitTime<T>(limitMs: number, abort: Interruption, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => {
        const error = new BusError('time-limit', `The handler ran past its limit of ${limitMs} ms.`)
        abort.abort(error)
        reject(error)
      },
      Math.min(limitMs, LONGEST_TIMER_MS),
    )
    work().then(
      (result) => {
        clearTimeout(timer)
        resolve(result)
      },
      (error: unknown) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}
