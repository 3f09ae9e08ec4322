import type { RecordedError } from '../errors.ts'
import { type ItemCounts, type ItemState, noCounts } from '../operation.ts'
import type { DeadSelection, DueOperation, NewOperation, OperationStore } from '../operation-store.ts'
import type { Intervention, Tx } from '../ports.ts'

/** A delivery, as far as operations look at it. */
export interface OperatedDelivery {
  deliveryId: string
  subscription: string
  state: string
  attempt: number
  reason: string | null
  fingerprint: string | null
  settledAt: number | null
  /** The operation that has discarded it; null once anything else became of it. */
  discardedBy: string | null
}

interface Parts {
  now(): number
  deliveries(): readonly OperatedDelivery[]
  lastError(deliveryId: string): RecordedError | null
  /** Holds a row until the transaction ends; waits for whoever has it. */
  lock(tx: Tx, row: string): Promise<void>
  /** The same, unless somebody has it. */
  tryLock(tx: Tx, row: string): boolean
  onCommit(tx: Tx, change: () => void): unknown
  revive(tx: Tx, deliveryId: string, attempts: number): Promise<Intervention>
  discard(tx: Tx, deliveryId: string, reason: string): Promise<Intervention>
  restore(tx: Tx, deliveryId: string): Promise<Intervention>
}

export interface OperationItem {
  deliveryId: string
  /** Attempts it had when the set was frozen: with more it was taken up by somebody else. */
  attempt: number
  state: ItemState
  stage: number
  note: string | null
}

export interface StoredOperation extends DueOperation {
  /** The operation whose discards it takes back. */
  takesBack: string | null
  note: string | null
  nextStepAt: number | null
  items: OperationItem[]
}

/** What operators do to many deliveries, in the memory of one process. */
export class InMemoryOperations implements OperationStore {
  readonly #parts: Parts
  readonly #operations = new Map<string, StoredOperation>()
  /** What transactions make of the operations they hold: there once they have committed. */
  readonly #drafts = new WeakMap<Tx, Map<string, StoredOperation>>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  find(operationId: string): StoredOperation | undefined {
    return this.#operations.get(operationId)
  }

  /** As if the pause between two steps were over. */
  hurry(): void {
    for (const each of this.#operations.values()) if (each.nextStepAt !== null) each.nextStepAt = 0
  }

  async freeze(tx: Tx, operation: NewOperation, selection: DeadSelection): Promise<number> {
    const dead = this.#parts
      .deliveries()
      .filter((each) => each.state === 'dead' && each.settledAt! <= Date.parse(operation.asOf))
      .filter((each) => this.#isMeant(each, selection))
      .sort((a, b) => a.settledAt! - b.settledAt!)
    return this.#freeze(tx, operation, dead)
  }

  async freezeDiscarded(tx: Tx, operation: NewOperation, discardedBy: string): Promise<number> {
    const items = this.find(discardedBy)?.items.filter((each) => each.state === 'discarded') ?? []
    const discarded = items.flatMap(({ deliveryId }) => this.#delivery(deliveryId) ?? [])
    const isItsOwn = (each: OperatedDelivery) => each.discardedBy === discardedBy
    return this.#freeze(tx, operation, discarded.filter(isItsOwn), discardedBy)
  }

  async takeDue(tx: Tx): Promise<DueOperation | null> {
    const { now, tryLock } = this.#parts
    const due = [...this.#operations.values()]
      .filter((each) => each.nextStepAt !== null && each.nextStepAt <= now())
      .sort((a, b) => a.nextStepAt! - b.nextStepAt!)
      .find((each) => tryLock(tx, each.operationId))
    return due ? { ...this.#draft(tx, due.operationId) } : null
  }

  async noteOutcomes(tx: Tx, operationId: string): Promise<void> {
    for (const item of this.#draft(tx, operationId).items) {
      if (item.state === 'retried') Object.assign(item, outcomeOf(this.#delivery(item.deliveryId)))
    }
  }

  async count(tx: Tx, { operationId, stage }: DueOperation): Promise<ItemCounts> {
    const counts = noCounts()
    for (const item of this.#draft(tx, operationId).items) {
      if (item.state === 'waiting' || item.stage === stage) counts[item.state] += 1
    }
    return counts
  }

  async beginStage(tx: Tx, operationId: string, stage: number): Promise<void> {
    this.#draft(tx, operationId).stage = stage
  }

  async take(tx: Tx, operation: DueOperation, count: number, attempts: ReadonlyMap<string, number>): Promise<void> {
    const { items, takesBack } = this.#draft(tx, operation.operationId)
    for (const item of items.filter((each) => each.state === 'waiting').slice(0, count)) {
      await this.#parts.lock(tx, item.deliveryId)
      const delivery = this.#delivery(item.deliveryId)
      const isAsFrozen =
        operation.kind === 'restore' ? delivery?.discardedBy === takesBack : delivery?.attempt === item.attempt
      const outcome = isAsFrozen ? await this.#perform(tx, operation, delivery, attempts) : 'wrong-state'
      item.stage = operation.stage
      item.state = outcome === 'done' ? DONE[operation.kind] : 'skipped'
      if (outcome !== 'done') item.note = 'It had changed before its turn: somebody else took it up.'
    }
  }

  async leaveWaiting(tx: Tx, operationId: string, note: string): Promise<void> {
    const waiting = this.#draft(tx, operationId).items.filter((each) => each.state === 'waiting')
    for (const item of waiting) Object.assign(item, { state: 'skipped', note })
  }

  async planNext(tx: Tx, operationId: string, inMs: number | null): Promise<void> {
    this.#draft(tx, operationId).nextStepAt = inMs === null ? null : this.#parts.now() + inMs
  }

  async end(tx: Tx, operationId: string, state: 'completed' | 'stopped', note: string | null): Promise<void> {
    const nextStepAt = state === 'stopped' ? this.#parts.now() : null
    Object.assign(this.#draft(tx, operationId), { state, note, nextStepAt })
  }

  pause(tx: Tx, operationId: string): Promise<Intervention> {
    return this.#change(tx, operationId, ['running'], { state: 'paused' })
  }

  resume(tx: Tx, operationId: string): Promise<Intervention> {
    return this.#change(tx, operationId, ['paused'], { state: 'running', nextStepAt: this.#parts.now() })
  }

  async abort(tx: Tx, operationId: string): Promise<Intervention> {
    const change = { state: 'aborted', note: 'An operator aborted it.', nextStepAt: this.#parts.now() } as const
    const outcome = await this.#change(tx, operationId, ['running', 'paused'], change)
    if (outcome === 'done') await this.leaveWaiting(tx, operationId, 'The operation was aborted before its turn.')
    return outcome
  }

  async #change(
    tx: Tx,
    operationId: string,
    from: readonly string[],
    change: Partial<StoredOperation>,
  ): Promise<Intervention> {
    await this.#parts.lock(tx, operationId)
    if (!this.find(operationId)) return 'unknown'
    const draft = this.#draft(tx, operationId)
    if (!from.includes(draft.state)) return 'wrong-state'
    Object.assign(draft, change)
    return 'done'
  }

  async #perform(
    tx: Tx,
    { operationId, kind, reason }: DueOperation,
    delivery: OperatedDelivery | undefined,
    attempts: ReadonlyMap<string, number>,
  ): Promise<Intervention> {
    if (!delivery) return 'unknown'
    const { deliveryId, subscription } = delivery
    switch (kind) {
      case 'retry':
        return this.#parts.revive(tx, deliveryId, attempts.get(subscription) ?? 1)
      case 'discard': {
        const outcome = await this.#parts.discard(tx, deliveryId, reason ?? 'Discarded by an operation.')
        if (outcome === 'done') this.#parts.onCommit(tx, () => Object.assign(delivery, { discardedBy: operationId }))
        return outcome
      }
      case 'restore':
        return this.#parts.restore(tx, deliveryId)
    }
  }

  #freeze(
    tx: Tx,
    { operationId, kind, reason, pace }: NewOperation,
    deliveries: readonly OperatedDelivery[],
    takesBack: string | null = null,
  ): number {
    if (deliveries.length === 0) return 0
    const items = deliveries.map(
      ({ deliveryId, attempt }): OperationItem => ({ deliveryId, attempt, state: 'waiting', stage: 0, note: null }),
    )
    const nextStepAt = this.#parts.now()
    const operation: StoredOperation = {
      ...{ operationId, kind, reason, pace, items, takesBack, nextStepAt },
      ...{ state: 'running', stage: 0, note: null },
    }
    this.#parts.onCommit(tx, () => this.#operations.set(operationId, operation))
    return items.length
  }

  /** As this transaction sees it, which holds it. */
  #draft(tx: Tx, operationId: string): StoredOperation {
    const drafts = this.#drafts.get(tx) ?? new Map<string, StoredOperation>()
    this.#drafts.set(tx, drafts)
    const known = drafts.get(operationId)
    if (known) return known
    const draft = structuredClone(this.#operations.get(operationId)!)
    drafts.set(operationId, draft)
    this.#parts.onCommit(tx, () => this.#operations.set(operationId, draft))
    return draft
  }

  #delivery(deliveryId: string): OperatedDelivery | undefined {
    return this.#parts.deliveries().find((each) => each.deliveryId === deliveryId)
  }

  #isMeant({ deliveryId, subscription, fingerprint }: OperatedDelivery, selection: DeadSelection): boolean {
    switch (selection.by) {
      case 'ids':
        return selection.deliveryIds.includes(deliveryId)
      case 'group':
        return selection.fingerprint === fingerprint
      case 'groups':
        return fingerprint !== null && selection.fingerprints.includes(fingerprint)
      case 'filter': {
        const text = this.#parts.lastError(deliveryId)?.message.split('\n', 1)[0] ?? ''
        const isTold = selection.text === null || text.toLowerCase().includes(selection.text.toLowerCase())
        return isTold && (selection.subscription === null || selection.subscription === subscription)
      }
    }
  }
}

const DONE = { retry: 'retried', discard: 'discarded', restore: 'restored' } as const

function outcomeOf(delivery: OperatedDelivery | undefined): Partial<OperationItem> {
  if (!delivery) return { state: 'skipped', note: 'Its history has been removed.' }
  const { state, reason } = delivery
  if (state === 'succeeded') return { state }
  if (state === 'dead') return { state: 'failed-again' }
  if (state === 'discarded' || state === 'skipped') return { state: 'skipped', note: `It was ${state}: ${reason}` }
  return {}
}
