import { BusError } from './errors.ts'

/**
 * Runs `work` for at most `limitMs`. Past the limit its signal is aborted and `time-limit` is thrown, whether or
 * not the work heeds the signal. When the node stops the signal is aborted too.
 */
export async function limitTime<T>(
  limitMs: number,
  stopping: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController()
  const signal = AbortSignal.any([limit.signal, stopping])
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new BusError('time-limit', `The handler ran past its limit of ${limitMs} ms.`)
      limit.abort(error)
      reject(error)
    }, limitMs)
  })
  try {
    return await Promise.race([work(signal), expired])
  } finally {
    clearTimeout(timer)
  }
}
