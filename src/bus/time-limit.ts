import { BusError } from './errors.ts'

/**
 * Runs `work` for at most `limitMs`. Past the limit `abort` is told and `time-limit` is thrown, whether or not the
 * work heeds the signal.
 */
export function limitTime<T>(limitMs: number, abort: AbortController, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const error = new BusError('time-limit', `The handler ran past its limit of ${limitMs} ms.`)
      abort.abort(error)
      reject(error)
    }, limitMs)
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
