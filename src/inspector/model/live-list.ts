import { type Changed, KnownMessages, type RowChange } from './known-messages.ts'
import { OrderedRows } from './ordered-rows.ts'
import { Sampler } from './sampler.ts'
import type { MessageRow } from './view.ts'

/** The live list at one moment: a new one after every change. It reads on from the list, and holds until the next. */
export interface LiveView {
  /** Rows to show. */
  readonly length: number
  /** The newest first. */
  at(index: number): MessageRow | undefined
  /** Where a message is shown, or -1. */
  indexOf(messageId: string): number
  /** The oldest of all, also where only some are shown. */
  readonly oldest: MessageRow | undefined
  /** Messages the list holds. */
  readonly count: number
  /** Messages that wait above the first row, and how many of them failed. */
  readonly news: { count: number; failed: number }
  /** Messages that have come since the list began, and how many have died meanwhile; both only grow. */
  readonly came: { count: number; failed: number }
  /** Of how many messages one is shown. */
  readonly oneOf: number
  /** Whether they come so fast that nothing is to be made of a single one. */
  readonly isRush: boolean
  /** The row before which messages are missing that are being filled in; null when none are. */
  readonly gapBefore: number | null
  /** Counts how often the oldest were let go: what was read of before them does not join on. */
  readonly cuts: number
}

interface Options {
  /** Messages that are kept. */
  limit: number
  /** Whether a message is to be shown, as it is now. */
  fits?: (message: MessageRow) => boolean
  now?: () => number
}

/**
 * What the live list shows. Following, it lets in what comes and drops the oldest; holding, what it shows changes in
 * place and never moves, and what comes waits. What comes costs what it is, not what is there.
 */
export class LiveList {
  readonly #known: KnownMessages
  readonly #rows = new OrderedRows()
  readonly #waiting = new OrderedRows()
  readonly #sampler: Sampler
  readonly #limit: number
  readonly #fits: (message: MessageRow) => boolean
  /** Shown while holding, though they fit no more. */
  readonly #unfit = new Set<string>()
  #isHolding = false
  #failed = 0
  #came = 0
  #died = 0
  /** Waiting ones that there was no room for any more. */
  #lost = 0
  #cuts = 0
  /** Rows that were let go at the old end. */
  #gone = 0
  #gapAfter: MessageRow | null = null
  #view: LiveView

  constructor({ limit, fits = () => true, now = Date.now }: Options) {
    this.#limit = limit
    this.#fits = fits
    this.#known = new KnownMessages(limit)
    this.#sampler = new Sampler(now)
    this.#view = this.#look()
  }

  get messages(): LiveView {
    return this.#view
  }

  /** Whether what waits joins on to what is shown: when too much came, some of it is not here. */
  get isWhole(): boolean {
    return this.#lost === 0
  }

  /** `isPushed` says that it came just when it happened: a snapshot tells nothing of how fast messages come. */
  merge(changed: Changed, isPushed = false): boolean {
    const changes = this.#known.take(changed)
    for (const change of changes) this.#apply(change)
    this.#came += changes.filter((each) => !each.before).length
    this.#died += changes.filter(({ before, now }) => isDead(now) && !(before && isDead(before))).length
    if (!this.#isHolding) {
      if (isPushed) this.#sampler.note(changes.filter((each) => !each.before).length)
      this.#trim()
    } else this.#trimWaiting()
    if (changes.length > 0) this.#view = this.#look()
    return changes.length > 0
  }

  /** Takes in older messages that were asked for. */
  addOlder(rows: readonly MessageRow[]): void {
    for (const { before, now } of this.#known.take({ messages: rows, deliveries: [] })) {
      if (before) this.#rows.replace(now)
      else this.#rows.insert(now)
      this.#gone -= Number(!before)
    }
    this.#view = this.#look()
  }

  /** Called now and then while only some are shown: when nothing comes any more, all are. */
  settle(): boolean {
    if (this.#isHolding || !this.#sampler.note(0)) return false
    this.#view = this.#look()
    return true
  }

  /** What is shown stays where it is until {@link follow}. */
  hold(): void {
    this.#isHolding = true
  }

  /** Shows the newest. Where what waited does not join on, what was shown goes. */
  follow(): void {
    this.#isHolding = false
    if (this.#lost > 0) this.#dropShown()
    for (let index = 0; index < this.#waiting.length; index += 1) this.#rows.insert(this.#waiting.at(index)!)
    this.#waiting.clear()
    this.#failed = 0
    this.#lost = 0
    for (const id of this.#unfit) this.#drop(this.#known.get(id))
    this.#unfit.clear()
    this.#trim()
    this.#view = this.#look()
  }

  /** The line is cut: what comes before it is whole again goes where the gap is. */
  cut(): void {
    this.#gapAfter ??= this.#waiting.at(this.#waiting.length - 1) ?? this.#rows.at(this.#rows.length - 1) ?? null
    this.#view = this.#look()
  }

  mend(): void {
    if (this.#gapAfter === null) return
    this.#gapAfter = null
    this.#view = this.#look()
  }

  clear(): void {
    this.#known.clear()
    this.#rows.clear()
    this.#waiting.clear()
    this.#unfit.clear()
    this.#failed = 0
    this.#lost = 0
    this.#cuts += 1
    this.#gapAfter = null
    this.#view = this.#look()
  }

  #apply({ before, now }: RowChange): void {
    if (!before) {
      if (!this.#isHolding) {
        this.#rows.insert(now)
        return
      }
      this.#waiting.insert(now)
      this.#failed += Number(isDead(now))
      return
    }
    if (this.#waiting.indexOf(now) >= 0) {
      this.#waiting.replace(now)
      this.#failed += Number(isDead(now)) - Number(isDead(before))
    } else this.#rows.replace(now)
    if (this.#fits(now)) this.#unfit.delete(now.messageId)
    else if (this.#isHolding) this.#unfit.add(now.messageId)
    else this.#drop(now)
  }

  #drop(row: MessageRow | undefined): void {
    if (!row) return
    this.#rows.remove(row)
    this.#known.forget([row])
  }

  /** Lets the oldest go: those beyond the limit, and those too old for the filter. */
  #trim(): void {
    let count = Math.max(0, this.#rows.length - this.#limit)
    if (count > 0) this.#cuts += 1
    while (count < this.#rows.length && !this.#fits(this.#rows.at(count)!)) count += 1
    this.#gone += count
    this.#known.forget(this.#rows.dropOldest(count))
  }

  #trimWaiting(): void {
    const dropped = this.#waiting.dropOldest(this.#waiting.length - this.#limit)
    this.#lost += dropped.length
    this.#known.forget(dropped)
  }

  #dropShown(): void {
    this.#known.forget(this.#rows.dropOldest(this.#rows.length))
    this.#cuts += 1
  }

  #look(): LiveView {
    const rows = this.#rows
    const count = rows.length
    const pick = this.#sampler.pickOf(count, this.#gone)
    const gapAt = this.#gapAfter ? rows.countBefore(this.#gapAfter) : count
    return {
      length: pick.length,
      at: (index) => (index < 0 ? undefined : rows.at(pick.toRow(index))),
      indexOf: (messageId) => {
        const row = this.#known.get(messageId)
        const at = row ? rows.indexOf(row) : -1
        return at < 0 ? -1 : pick.toIndex(at)
      },
      oldest: rows.at(0),
      count: count + this.#waiting.length,
      news: { count: this.#waiting.length + this.#lost, failed: this.#failed },
      came: { count: this.#came, failed: this.#died },
      oneOf: pick.oneOf,
      isRush: this.#sampler.isRush,
      gapBefore: gapAt < count ? pick.toIndex(gapAt) : null,
      cuts: this.#cuts,
    }
  }
}

function isDead({ deliveries }: MessageRow): boolean {
  return deliveries.some((each) => each.state === 'dead')
}
