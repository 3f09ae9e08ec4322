import { BusError } from './errors.ts'

/**
 * Runs `work` for at most `limitMs`. Past the limit `abort` is told and `time-limit` is thrown, whether or not the
 * work heeds the signal.
 */
export async function limitTime<T>(limitMs: number, abort: AbortController, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new BusError('time-limit', `The handler ran past its limit of ${limitMs} ms.`)
      abort.abort(error)
      reject(error)
    }, limitMs)
  })
  try {
    return await Promise.race([work(), expired])
  } finally {
    clearTimeout(timer)
  }
}
