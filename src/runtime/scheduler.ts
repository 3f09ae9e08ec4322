import type { Bus, Clock, Recurring, RecurringStore, Tx, UnitOfWork } from '../bus/index.ts'
import { checkRecurrence, lastDueTime, nextDueTimes } from './due-times.ts'

export interface SchedulerOptions {
  recurring: readonly Recurring[]
  store: RecurringStore
  unitOfWork: UnitOfWork
  bus: Pick<Bus, 'send' | 'publish'>
  clock: Clock
  onError(error: unknown): void
}

/** A timer may come late, and the clock may be put: it is looked at the clock at least this often. */
const LONGEST_WAIT_MS = 30_000
const RETRY_MS = 1_000

/**
 * Sends recurring messages when they are due. Every node looks, one sends: the row of a recurring message is moved
 * on, and its message sent, in one transaction. What was due while no node ran is sent once, for the last due time.
 *
 * idle ──start──▶ running ──stop──▶ stopped
 */
export class Scheduler {
  readonly #options: SchedulerOptions
  /** Due times that are settled: sent by this node, or by another. */
  readonly #done = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  #look: Promise<void> = Promise.resolve()
  #isStopped = false

  /** @throws Error when an expression or a time zone makes no sense. */
  constructor(options: SchedulerOptions) {
    for (const each of options.recurring) checkRecurrence(each)
    this.#options = options
  }

  start(): void {
    if (this.#options.recurring.length > 0) this.#look = this.#lookOn()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    await this.#look
  }

  async #lookOn(): Promise<void> {
    const { onError } = this.#options
    let waitMs = RETRY_MS
    try {
      if (await this.#sendDue()) waitMs = this.#untilNextMs()
    } catch (error) {
      onError(error)
    }
    if (this.#isStopped) return
    this.#timer = setTimeout(() => {
      this.#look = this.#lookOn()
    }, waitMs)
  }

  /** Returns whether all that is due by this node's clock was sent, here or elsewhere. */
  async #sendDue(): Promise<boolean> {
    const { recurring, clock } = this.#options
    if (this.#done.size === 0) await this.#begin()
    const isDone = (each: Recurring, dueAt: Date) => dueAt.getTime() <= this.#done.get(each.name)!
    const due = recurring.flatMap((each) => {
      const dueAt = lastDueTime(each, clock.now())
      return dueAt === null || isDone(each, dueAt) ? [] : [{ each, dueAt }]
    })
    if (due.length === 0) return true
    for (const { each, dueAt } of due) await this.#trySend(each, dueAt)
    await this.#readDone()
    // What is neither sent nor moved on is not due by the database's clock, which decides: this one is ahead.
    return due.every(({ each, dueAt }) => isDone(each, dueAt))
  }

  async #begin(): Promise<void> {
    const { recurring, store } = this.#options
    await store.begin(recurring.map((each) => each.name))
    await this.#readDone()
  }

  async #readDone(): Promise<void> {
    const states = await this.#options.store.findAll()
    for (const { name } of this.#options.recurring) this.#done.set(name, states.get(name)?.lastDueAt.getTime() ?? 0)
  }

  /** One that cannot be sent, because of its body or whatever else, keeps no other. */
  async #trySend(recurring: Recurring, dueAt: Date): Promise<void> {
    await this.#send(recurring, dueAt).catch(this.#options.onError)
  }

  async #send(recurring: Recurring, dueAt: Date): Promise<void> {
    const { store, unitOfWork } = this.#options
    await unitOfWork.run(async (tx) => {
      if (!(await store.claimDue(tx, recurring.name, dueAt))) return
      const { messageId } = await this.#sendIn(tx, recurring, dueAt)
      await store.noteSent(tx, recurring.name, messageId)
    })
  }

  #sendIn(tx: Tx, { name, message, body }: Recurring, dueAt: Date) {
    const { bus } = this.#options
    const options = { tx, idempotencyKey: `${name} ${dueAt.toISOString()}` }
    return message.kind === 'command'
      ? bus.send(message, body(dueAt), options)
      : bus.publish(message, body(dueAt), options)
  }

  #untilNextMs(): number {
    const { recurring, clock } = this.#options
    const now = clock.now()
    const next = recurring.flatMap((each) => nextDueTimes(each, now, 1).map((due) => due.getTime() - now.getTime()))
    return Math.max(1, Math.min(LONGEST_WAIT_MS, ...next))
  }
}
