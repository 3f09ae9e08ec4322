import type { DeliveryState } from '../delivery.ts'
import { isSettled, transition } from '../delivery.ts'
import { type Envelope, newId } from '../envelope.ts'
import type { RecordedError } from '../errors.ts'
import type {
  Added,
  Capacity,
  ClaimedDelivery,
  Conclusion,
  HeldDelivery,
  Intervention,
  OrderPolicy,
  Outcome,
  ParkedDelivery,
  PlannedDelivery,
  PlannedMessage,
  Settlement,
  Storage,
  Succeeded,
  Tx,
  WaitingDelivery,
  WakeTopic,
  WorkOptions,
} from '../ports.ts'
import { settlementOf } from '../replies.ts'
import type { Retention } from '../retention.ts'
import { InMemoryHandlerSettings } from './in-memory-handler-settings.ts'
import { InMemoryNodes } from './in-memory-nodes.ts'
import { InMemoryOperations } from './in-memory-operations.ts'
import { createInMemoryOutages } from './in-memory-outages.ts'
import { InMemoryPersonKeys } from './in-memory-person-keys.ts'
import { InMemoryProcesses } from './in-memory-processes.ts'
import { InMemoryRateLimits } from './in-memory-rate-limits.ts'
import { InMemoryRecurring } from './in-memory-recurring.ts'
import { RowLocks } from './row-locks.ts'

export interface StoredDelivery {
  deliveryId: string
  messageId: string
  subscription: string
  position: number
  state: DeliveryState
  attempt: number
  maxAttempts: number
  orderingKey: string | null
  dueAt: number
  expiresAt: Date | null
  leaseToken: string | null
  leaseUntil: number
  startedAt: number | null
  lostBefore: boolean
  reason: string | null
  fingerprint: string | null
  settledAt: number | null
  parkedReason: string | null
  /** The message that stands in its place. */
  replacedBy: string | null
  /** The operation that has discarded it; null once anything else became of it. */
  discardedBy: string | null
  reply: unknown
}

export interface StoredAttempt {
  deliveryId: string
  number: number
  outcome: 'succeeded' | 'failed' | 'lease-lost'
  error: RecordedError | null
}

/** Changes that a transaction makes when it commits; nothing of it is seen before. */
class StagedTransaction {
  /** Look at what is committed by then; one that throws rolls the transaction back. */
  readonly checks: (() => void)[] = []
  readonly changes: (() => void)[] = []
  readonly undoes: (() => void)[] = []
  readonly messages: Envelope[] = []

  get isOpen(): boolean {
    return this.changes.length > 0
  }
}

const GRANTED_ATTEMPTS = 5
const DAY_MS = 24 * 60 * 60_000

/**
 * The storage of the bus in the memory of one process: for unit tests. The same contract suite runs on it and on
 * PostgreSQL. Time is the real clock unless `now` is given.
 */
export class InMemoryStorage implements Storage {
  readonly messages: Envelope[] = []
  readonly rows: StoredDelivery[] = []
  readonly attempts: StoredAttempt[] = []
  readonly processes = new InMemoryProcesses(staged, {
    cancel: (messageId, reason) => this.#cancel(messageId, reason),
    isComing: (subscriptions, subjectId) => this.#isComing(subscriptions, subjectId),
  })
  /** What handlers did in their transactions, in commit order. */
  readonly effects: string[] = []
  /** Written or about to be: whoever adds the same again is told of the first, as a unique index would have it. */
  readonly #reserved = new Set<Envelope>()
  readonly #keysUntil = new Map<Envelope, number>()
  readonly #listeners = new Set<(topic: WakeTopic) => void>()
  readonly #locks = new RowLocks<Tx>()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** Stages an effect that is there once the transaction has committed. */
  effect(tx: Tx, label: string): void {
    staged(tx).changes.push(() => this.effects.push(label))
  }

  loseCommit(tx: Tx): void {
    staged(tx).checks.push(() => {
      throw Object.assign(new Error('could not serialize access'), { code: '40001' })
    })
  }

  readonly unitOfWork = {
    run: async <T>(work: (tx: Tx) => Promise<T>, { signal }: WorkOptions = {}): Promise<T> => {
      const transaction = new StagedTransaction()
      const tx = transaction as unknown as Tx
      try {
        const result = await work(tx)
        signal?.throwIfAborted()
        for (const check of transaction.checks) check()
        const waited = this.#waiting()
        for (const change of transaction.changes) change()
        this.wake.signal([...this.#waiting()].some((each) => !waited.has(each)) ? 'work' : 'change')
        return result
      } catch (error) {
        for (const envelope of transaction.messages) this.#reserved.delete(envelope)
        for (const undo of transaction.undoes) undo()
        throw error
      } finally {
        this.#locks.release(tx)
      }
    },
  }

  readonly wake = {
    signal: (topic: WakeTopic) => {
      for (const listener of this.#listeners) listener(topic)
    },
    // Nobody here knows which listeners are whose.
    tellOthers: (topic: WakeTopic) => this.wake.signal(topic),
    listen: (listener: (topic: WakeTopic) => void) => {
      this.#listeners.add(listener)
      return () => void this.#listeners.delete(listener)
    },
  }

  readonly outbox = {
    add: async (tx: Tx, messages: readonly PlannedMessage[]): Promise<Added[]> =>
      messages.map((each) => this.#stage(staged(tx), each)),
    addLast: async (tx: Tx, messages: readonly PlannedMessage[]): Promise<void> => {
      await this.outbox.add(tx, messages)
    },
    commit: (messages: readonly PlannedMessage[]): Promise<Added[]> =>
      this.unitOfWork.run((tx) => this.outbox.add(tx, messages)),
    isDurable: async (messageId: string): Promise<boolean> =>
      this.messages.some((each) => each.messageId === messageId),
  }

  readonly deliveries = {
    claim: async (capacities: Capacity[], leaseMs: number): Promise<ClaimedDelivery[]> =>
      capacities.flatMap(({ subscription, free, order }) =>
        this.rows
          .filter((row) => row.subscription === subscription && this.#isDue(row, order))
          .sort((a, b) => a.dueAt - b.dueAt)
          .slice(0, free)
          .map((row) => this.#claim(row, leaseMs)),
      ),
    start: async ({ leaseToken }: ClaimedDelivery): Promise<boolean> => {
      const row = this.rows.find((each) => each.leaseToken === leaseToken)
      if (row) row.startedAt = this.#now()
      return row !== undefined
    },
    renew: async (held: readonly ClaimedDelivery[], leaseMs: number): Promise<string[]> =>
      held
        .map((each) => each.leaseToken)
        .filter((token) => {
          const row = this.rows.find((each) => each.leaseToken === token)
          if (row) row.leaseUntil = this.#now() + leaseMs
          if (row) row.startedAt ??= this.#now()
          return !row
        }),
    settle: async (tx: Tx, delivery: ClaimedDelivery, outcome: Outcome, durationMs: number): Promise<boolean> => {
      const row = this.rows.find((each) => each.leaseToken === delivery.leaseToken)
      if (!row) return false
      staged(tx).changes.push(() => this.#settle(row, outcome, durationMs))
      return true
    },
    settleAll: async (tx: Tx, succeeded: readonly Succeeded[], durationMs: number): Promise<ReadonlySet<string>> => {
      const held = new Set<string>()
      for (const { delivery, reply } of succeeded) {
        const isOurs = await this.deliveries.settle(tx, delivery, { outcome: 'succeeded', reply }, durationMs)
        if (isOurs) held.add(delivery.leaseToken)
      }
      return held
    },
    conclude: (conclusions: readonly Conclusion[]): Promise<ReadonlySet<string>> =>
      this.unitOfWork.run(async (tx) => {
        const held = new Set<string>()
        for (const { delivery, outcome, messages, durationMs } of conclusions) {
          if (!(await this.deliveries.settle(tx, delivery, outcome, durationMs))) continue
          held.add(delivery.leaseToken)
          await this.outbox.add(tx, messages)
        }
        return held
      }),
    giveBack: async (held: readonly ClaimedDelivery[]): Promise<void> => {
      for (const row of this.rows.filter((row) => held.some((each) => each.leaseToken === row.leaseToken))) {
        this.#returnAttempt(row)
      }
      this.wake.tellOthers('work')
    },
    reap: async (): Promise<number> => {
      const lost = this.#lost().filter((row) => !this.#isOrphan(row))
      for (const row of lost) this.#takeBack(row)
      return lost.length
    },
    takeOrphans: async (subscriptions: string[], leaseMs: number): Promise<ClaimedDelivery[]> =>
      this.#lost()
        .filter((row) => this.#isOrphan(row) && subscriptions.includes(row.subscription))
        .map((row) => {
          row.lostBefore = true
          return this.#lease(row, leaseMs)
        }),
    findParked: async (subscriptions: string[], after: string | null, limit: number): Promise<ParkedDelivery[]> =>
      this.#page(after, limit, (row) => row.parkedReason !== null && subscriptions.includes(row.subscription)),
    findWaiting: async (after: string | null, limit: number): Promise<WaitingDelivery[]> =>
      this.#page(after, limit, (row) => !isSettled(row.state) || row.state === 'dead'),
    unpark: async (tx: Tx, deliveryIds: readonly string[]): Promise<number> => {
      const parked = this.rows.filter((row) => row.parkedReason !== null && deliveryIds.includes(row.deliveryId))
      staged(tx).changes.push(() => {
        for (const row of parked) row.parkedReason = null
      })
      return parked.length
    },
    nextDueInMs: async (subscriptions: readonly { name: string }[], notDueAgoMs: number): Promise<number | null> => {
      const after = this.#now() - notDueAgoMs
      const waiting = this.rows.filter(
        (row) =>
          subscriptions.some(({ name }) => name === row.subscription) &&
          transition(row.state, 'claimed') &&
          row.parkedReason === null &&
          row.dueAt > after,
      )
      return waiting.length === 0 ? null : Math.max(0, Math.min(...waiting.map((row) => row.dueAt)) - this.#now())
    },
    revive: (tx: Tx, deliveryId: string, attempts = GRANTED_ATTEMPTS): Promise<Intervention> =>
      this.#intervene(tx, deliveryId, 'revived', (row) => {
        row.dueAt = this.#now()
        row.maxAttempts = row.attempt + attempts
      }),
    discard: async (tx: Tx, deliveryId: string, reason: string): Promise<Intervention> =>
      this.#intervene(tx, deliveryId, 'discarded', (row) => {
        row.reason = reason
      }),
    hold: async (tx: Tx, deliveryId: string): Promise<HeldDelivery | null> => {
      await this.#locks.lock(tx, deliveryId)
      const row = this.rows.find((each) => each.deliveryId === deliveryId)
      if (!row) return null
      const { state, reason, subscription } = row
      return { state, reason, subscription, envelope: this.#envelopeOf(row) }
    },
    replace: async (tx: Tx, deliveryId: string, messageId: string): Promise<Intervention> =>
      this.#intervene(tx, deliveryId, 'discarded', (row) => {
        row.reason = `edited and retried as ${messageId}`
        row.replacedBy = messageId
      }),
    restore: async (tx: Tx, deliveryId: string): Promise<Intervention> => {
      await this.#locks.lock(tx, deliveryId)
      const before = this.rows.find((row) => row.deliveryId === deliveryId)
      if (before?.replacedBy) return 'wrong-state'
      const wasTried = before !== undefined && before.attempt > 0
      return this.#intervene(tx, deliveryId, wasTried ? 'restored' : 'reinstated', (row) => {
        row.reason = null
      })
    },
    cancel: async (tx: Tx, messageId: string, reason: string): Promise<Intervention> =>
      this.#interveneBefore(tx, messageId, () => this.#cancel(messageId, reason)),
    reschedule: async (tx: Tx, messageId: string, at: Date): Promise<Intervention> =>
      this.#interveneBefore(tx, messageId, (row) => {
        const shift = at.getTime() - row.dueAt
        if (row.expiresAt) row.expiresAt = new Date(row.expiresAt.getTime() + shift)
        row.dueAt = at.getTime()
      }),
  }

  readonly outages = createInMemoryOutages(() => this.#now())
  readonly operations = new InMemoryOperations({
    now: () => this.#now(),
    deliveries: () => this.rows,
    lastError: (deliveryId) => this.attempts.findLast((each) => each.deliveryId === deliveryId)?.error ?? null,
    lock: (tx, row) => this.#locks.lock(tx, row),
    tryLock: (tx, row) => this.#locks.tryLock(tx, row),
    onCommit: (tx, change) => staged(tx).changes.push(change),
    ...this.deliveries,
  })
  readonly nodes = new InMemoryNodes(() => this.#now())
  readonly handlerSettings = new InMemoryHandlerSettings((tx, change) => staged(tx).changes.push(change))
  readonly rateLimits = new InMemoryRateLimits(
    (subscription) => this.rows.filter((row) => row.subscription === subscription && this.#isDue(row, null)).length,
    () => this.#now(),
  )

  readonly recurring = new InMemoryRecurring(
    (tx, change, undo) => {
      staged(tx).changes.push(change)
      staged(tx).undoes.push(undo)
    },
    () => this.#now(),
  )

  /** It has no tables but the bus's own. */
  readonly knownTexts = async (): Promise<readonly string[]> => []
  readonly personKeys = new InMemoryPersonKeys((tx, change) => staged(tx).changes.push(change))

  readonly replies = {
    findSettled: async (messageIds: string[]): Promise<Map<string, Settlement>> =>
      new Map(
        this.rows
          .filter((row) => messageIds.includes(row.messageId) && isSettled(row.state))
          .map((row) => [row.messageId, this.#settlementOf(row)]),
      ),
  }

  readonly history = {
    purge: async function* (this: InMemoryStorage, { defaultDays, exceptions }: Retention) {
      const isPast = (at: number, days: number) => at < this.#now() - days * DAY_MS
      const isOver = (row: StoredDelivery, days: number) =>
        row.state !== 'dead' && row.settledAt !== null && isPast(row.settledAt, days)
      const past = this.messages.filter(({ messageId, name, occurredAt }) => {
        const days = exceptions.get(name) ?? defaultDays
        const rows = this.rows.filter((row) => row.messageId === messageId)
        return isPast(occurredAt.getTime(), days) && rows.every((row) => isOver(row, days))
      })
      const ids = new Set(past.map((each) => each.messageId))
      const gone = this.rows.filter((row) => ids.has(row.messageId))
      removeFrom(this.messages, (each) => ids.has(each.messageId))
      removeFrom(this.attempts, (each) => gone.some((row) => row.deliveryId === each.deliveryId))
      removeFrom(this.rows, (row) => ids.has(row.messageId))
      yield past.length
    }.bind(this),
    purgeProcesses: (retention: Retention) => this.processes.purge(retention, this.#now()),
    tidy: async function* (this: InMemoryStorage) {
      const over = [...this.#keysUntil].filter(([, until]) => until <= this.#now())
      for (const [envelope] of over) this.#keysUntil.delete(envelope)
      yield over.length
    }.bind(this),
  }

  /** What somebody has to look for, and when. */
  #waiting(): ReadonlySet<string> {
    const waiting = this.rows.filter((row) => transition(row.state, 'claimed') && row.parkedReason === null)
    return new Set(waiting.map((row) => `${row.deliveryId} ${row.dueAt}`))
  }

  #stage(transaction: StagedTransaction, { envelope, deliveries, idempotencyWindowMs }: PlannedMessage): Added {
    const isSame = (each: Envelope) => each.messageId === envelope.messageId || this.#hasKeyOf(each, envelope)
    const first = [...this.#reserved].find(isSame)
    const { messageId, conversationId } = first ?? envelope
    if (first) return { messageId, conversationId, isNew: false }
    transaction.messages.push(envelope)
    this.#reserved.add(envelope)
    this.#keysUntil.set(envelope, this.#now() + idempotencyWindowMs)
    transaction.changes.push(() => {
      this.messages.push(envelope)
      this.rows.push(...deliveries.map((each) => this.#planned(envelope, each)))
    })
    return { messageId, conversationId, isNew: true }
  }

  #hasKeyOf(one: Envelope, other: Envelope): boolean {
    if (one.idempotencyKey === null || one.idempotencyKey !== other.idempotencyKey || one.name !== other.name) {
      return false
    }
    return (this.#keysUntil.get(one) ?? 0) > this.#now()
  }

  #planned(envelope: Envelope, { skipReason, lease, ...planned }: PlannedDelivery): StoredDelivery {
    const isLeased = lease !== null
    const { dueAt, occurredAt, expiresAt } = envelope
    // What is due at once goes by the clock of the storage.
    const behindMs = dueAt > occurredAt ? 0 : this.#now() - occurredAt.getTime()
    return {
      ...planned,
      messageId: envelope.messageId,
      state: skipReason !== null ? 'skipped' : isLeased ? 'running' : 'pending',
      reason: skipReason,
      fingerprint: null,
      attempt: isLeased ? 1 : 0,
      dueAt: dueAt > occurredAt ? dueAt.getTime() : this.#now(),
      expiresAt: expiresAt && new Date(expiresAt.getTime() + behindMs),
      leaseToken: lease?.token ?? null,
      leaseUntil: isLeased ? this.#now() + lease.ms : 0,
      startedAt: null,
      lostBefore: false,
      settledAt: skipReason === null ? null : this.#now(),
      replacedBy: null,
      discardedBy: null,
      reply: null,
    }
  }

  /** Ordered by id, with what their messages say. */
  #page(after: string | null, limit: number, isWanted: (row: StoredDelivery) => boolean): WaitingDelivery[] {
    return this.rows
      .filter((row) => isWanted(row) && (after === null || row.deliveryId > after))
      .sort((a, b) => (a.deliveryId < b.deliveryId ? -1 : 1))
      .slice(0, limit)
      .map(({ deliveryId, subscription, state, messageId }) => {
        const { name, version, body } = this.messages.find((each) => each.messageId === messageId)!
        return { deliveryId, subscription, state, name, version, body }
      })
  }

  #isDue(row: StoredDelivery, order: OrderPolicy | null): boolean {
    if (!transition(row.state, 'claimed') || row.dueAt > this.#now() || row.parkedReason !== null) return false
    if (row.orderingKey === null) return true
    const blocks = (each: StoredDelivery) =>
      !isSettled(each.state) || (each.state === 'dead' && order?.whenDead === 'wait')
    const queue = this.rows.filter(
      (each) => each.subscription === row.subscription && each.orderingKey === row.orderingKey && blocks(each),
    )
    return queue[0] === row && queue.every((each) => each.state !== 'running')
  }

  #lost(): StoredDelivery[] {
    return this.rows.filter((row) => row.state === 'running' && row.leaseUntil < this.#now())
  }

  #claim(row: StoredDelivery, leaseMs: number): ClaimedDelivery {
    row.state = 'running'
    row.attempt += 1
    row.startedAt = null
    return this.#lease(row, leaseMs)
  }

  #lease(row: StoredDelivery, leaseMs: number): ClaimedDelivery {
    row.leaseToken = newId()
    row.leaseUntil = this.#now() + leaseMs
    const envelope = this.#envelopeOf(row)
    const { deliveryId, subscription, attempt, maxAttempts, leaseToken, lostBefore, expiresAt } = row
    const staleAt = expiresAt && performance.now() + expiresAt.getTime() - this.#now()
    return { deliveryId, subscription, attempt, maxAttempts, leaseToken, lostBefore, staleAt, envelope }
  }

  #envelopeOf(row: StoredDelivery): Envelope {
    const message = this.messages.find((each) => each.messageId === row.messageId)!
    return { ...message, dueAt: new Date(row.dueAt), expiresAt: row.expiresAt }
  }

  /** No attempts are left to take it back for. */
  #isOrphan(row: StoredDelivery): boolean {
    return row.attempt >= row.maxAttempts && row.startedAt !== null
  }

  #takeBack(row: StoredDelivery): void {
    row.lostBefore = true
    row.dueAt = this.#now()
    if (row.startedAt !== null) {
      this.#release(row, 'retrying')
      this.attempts.push({ deliveryId: row.deliveryId, number: row.attempt, outcome: 'lease-lost', error: null })
      return
    }
    this.#returnAttempt(row)
  }

  #returnAttempt(row: StoredDelivery): void {
    row.attempt -= 1
    this.#release(row, row.attempt === 0 ? 'pending' : 'retrying')
  }

  #settle(row: StoredDelivery, outcome: Outcome, durationMs: number): void {
    const { deliveryId, attempt: number } = row
    if (outcome.outcome === 'parked') {
      row.attempt -= 1
      row.parkedReason = outcome.reason
      this.#release(row, 'pending')
      return
    }
    row.startedAt = this.#now() - durationMs
    if (outcome.outcome === 'succeeded') {
      row.reply = outcome.reply
      this.#release(row, 'succeeded')
      this.attempts.push({ deliveryId, number, outcome: 'succeeded', error: null })
      return
    }
    if (outcome.outcome === 'expired' || outcome.outcome === 'erased') {
      row.reason = outcome.outcome === 'expired' ? 'Expired' : 'Its person was erased'
      this.#release(row, 'skipped')
      return
    }
    const { error } = outcome
    if (outcome.outcome === 'retry') {
      this.#release(row, 'retrying')
      row.dueAt = this.#now() + outcome.delayMs
      if (outcome.isSpared) row.maxAttempts += 1
    } else {
      this.#release(row, outcome.outcome)
      row.reason = outcome.reason
      row.fingerprint = outcome.fingerprint
    }
    this.attempts.push({ deliveryId, number, outcome: error.name === 'LeaseLost' ? 'lease-lost' : 'failed', error })
  }

  #release(row: StoredDelivery, state: DeliveryState): void {
    row.state = state
    row.leaseToken = null
    row.settledAt = isSettled(state) ? this.#now() : null
  }

  /** Of two at once the second sees what the first has done. */
  async #intervene(
    tx: Tx,
    deliveryId: string,
    event: 'revived' | 'discarded' | 'restored' | 'reinstated',
    change: (row: StoredDelivery) => void,
  ): Promise<Intervention> {
    await this.#locks.lock(tx, deliveryId)
    const row = this.rows.find((each) => each.deliveryId === deliveryId)
    if (!row) return 'unknown'
    const next = transition(row.state, event)
    if (!next) return 'wrong-state'
    staged(tx).changes.push(() => {
      row.state = next
      row.settledAt = isSettled(next) ? this.#now() : null
      row.discardedBy = null
      change(row)
    })
    return 'done'
  }

  #isComing(subscriptions: readonly string[], subjectId: string): boolean {
    const about = new Set(this.messages.filter((each) => each.subjectId === subjectId).map((each) => each.messageId))
    const isOpen = ({ state }: StoredDelivery) => !isSettled(state) || state === 'dead'
    return this.rows.some((row) => subscriptions.includes(row.subscription) && about.has(row.messageId) && isOpen(row))
  }

  #cancel(messageId: string, reason: string): void {
    for (const row of this.rows.filter((each) => each.messageId === messageId && each.state === 'pending')) {
      Object.assign(row, { state: 'discarded', reason, parkedReason: null, settledAt: this.#now() })
    }
  }

  /** On the deliveries of a message that were not tried yet. */
  #interveneBefore(tx: Tx, messageId: string, change: (row: StoredDelivery) => void): Intervention {
    const rows = this.rows.filter((each) => each.messageId === messageId)
    if (rows.length === 0) return 'unknown'
    const untried = rows.filter((row) => transition(row.state, 'cancelled'))
    if (untried.length === 0) return 'wrong-state'
    staged(tx).changes.push(() => untried.forEach(change))
    return 'done'
  }

  #settlementOf(row: StoredDelivery): Settlement {
    const newest = this.attempts.findLast((each) => each.deliveryId === row.deliveryId)
    return settlementOf({ ...row, error: newest?.error ?? null })
  }
}

function removeFrom<T>(list: T[], isGone: (each: T) => boolean): void {
  list.splice(0, list.length, ...list.filter((each) => !isGone(each)))
}

function staged(tx: Tx): StagedTransaction {
  return tx as unknown as StagedTransaction
}
