/** How much was sent, and how much of it failed, in equal stretches of time up to now. */
export interface Density {
  /** Beginning of the first bucket, in milliseconds since 1970. */
  fromMs: number
  stepMs: number
  sent: number[]
  /** Attempts that failed. */
  failed: number[]
}

const BUCKETS = 120
const STEP_MS = 60_000

/** The buckets of two hours up to now, of which the last one is not over. */
export function bucketsUpTo(nowMs: number): Pick<Density, 'fromMs' | 'stepMs'> & { count: number } {
  const last = Math.floor(nowMs / STEP_MS) * STEP_MS
  return { fromMs: last - (BUCKETS - 1) * STEP_MS, stepMs: STEP_MS, count: BUCKETS }
}

/** The height of a bar as a share: the square root leaves something to see of what is rare. */
export function heightOf(count: number, highest: number): number {
  return highest === 0 ? 0 : Math.sqrt(count / highest)
}

/** The stretch of time between two points of the strip, each a share of its width, in whole buckets. */
export function stretchOf({ fromMs, stepMs, sent }: Density, a: number, b: number): { fromMs: number; toMs: number } {
  const bucketAt = (share: number) => Math.min(sent.length - 1, Math.max(0, Math.floor(share * sent.length)))
  const [first, last] = [bucketAt(Math.min(a, b)), bucketAt(Math.max(a, b))]
  return { fromMs: fromMs + first * stepMs, toMs: fromMs + (last + 1) * stepMs }
}

/** A filter that asks for a stretch of time in the place of any it asked for before. */
export function withStretch(filter: string, { fromMs, toMs }: { fromMs: number; toMs: number }): string {
  const words = filter.split(/\s+/).filter((each) => each !== '' && !/^at:/.test(each))
  return [...words, `at:>=${toWord(fromMs)}`, `at:<${toWord(toMs)}`].join(' ')
}

function toWord(ms: number): string {
  return new Date(ms).toISOString().replace(':00.000Z', 'Z')
}
