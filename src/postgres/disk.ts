import { BusError } from '../bus/index.ts'

const DISK_FULL = '53100'
/** Whoever hears of it may stop trying, and with nobody who tries nobody hears that there is room again. */
const HOLDS_MS = 10_000

/** Whether the database has room for more, as far as its answers tell. */
export class Disk {
  #fullAt = Number.NEGATIVE_INFINITY

  get isFull(): boolean {
    return performance.now() - this.#fullAt < HOLDS_MS
  }

  /** For what adds rows: where there was room for them there is some. */
  async adding<T>(work: Promise<T>): Promise<T> {
    const added = await this.changing(work)
    this.#fullAt = Number.NEGATIVE_INFINITY
    return added
  }

  /** A change of rows may find room where there is none for more. */
  async changing<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      throw this.explain(error)
    }
  }

  /** What to tell about an error; any other than that the disk is full comes back as it is. */
  explain(error: unknown): unknown {
    if ((error as { code?: unknown } | null)?.code !== DISK_FULL) return error
    this.#fullAt = performance.now()
    return new BusError('disk-full', TEXT, { cause: error })
  }
}

const TEXT =
  'The disk of the database is full: this was not stored; what was stored before is safe. Make room where PostgreSQL keeps its data (the built-in one: in DATA_DIR), then try again.'
