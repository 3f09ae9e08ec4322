import { BusError } from '../errors.ts'
import type { Tx } from '../ports.ts'
import type { ProcessInstance, ProcessRevision, ProcessStore } from '../process-store.ts'
import type { Retention } from '../retention.ts'

const DAY_MS = 24 * 60 * 60_000

/** Checks run when a transaction commits, before any of its changes; one that throws rolls it back. */
export interface CommitHooks {
  checks: (() => void)[]
  changes: (() => void)[]
}

/** What processes ask of the deliveries beside them. */
interface Deliveries {
  cancel(messageId: string, reason: string): void
  isComing(subscriptions: readonly string[], subjectId: string): boolean
}

/** Instances in memory. Nobody is held up: of two that changed one instance, the second to commit is refused. */
export class InMemoryProcesses implements ProcessStore {
  readonly instances = new Map<string, ProcessInstance>()
  readonly revisions: (ProcessRevision & { process: string; key: string })[] = []
  readonly #hooksOf: (tx: Tx) => CommitHooks
  readonly #deliveries: Deliveries

  constructor(hooksOf: (tx: Tx) => CommitHooks, deliveries: Deliveries) {
    this.#hooksOf = hooksOf
    this.#deliveries = deliveries
  }

  async isComing(_: Tx, subscriptions: readonly string[], subjectId: string): Promise<boolean> {
    return this.#deliveries.isComing(subscriptions, subjectId)
  }

  async find(_: Tx, process: string, key: string): Promise<ProcessInstance | null> {
    return structuredClone(this.instances.get(idOf({ process, key })) ?? null)
  }

  async *purge({ defaultDays, exceptions }: Retention, now: number): AsyncIterable<number> {
    const past = [...this.instances].filter(([, { process, finishedAt }]) => {
      const days = exceptions.get(process) ?? defaultDays
      return finishedAt !== null && finishedAt.getTime() < now - days * DAY_MS
    })
    for (const [id] of past) this.instances.delete(id)
    const kept = this.revisions.filter((each) => this.instances.has(idOf(each)))
    this.revisions.splice(0, this.revisions.length, ...kept)
    yield past.length
  }

  async callOff(tx: Tx, messageIds: readonly string[], reason: string): Promise<void> {
    this.#hooksOf(tx).changes.push(() => {
      for (const each of messageIds) this.#deliveries.cancel(each, reason)
    })
  }

  async save(tx: Tx, instance: ProcessInstance, revision: ProcessRevision): Promise<void> {
    const id = idOf(instance)
    const { process, key, version } = instance
    const { checks, changes } = this.#hooksOf(tx)
    checks.push(() => {
      const stored = this.instances.get(id)?.version ?? 0
      if (stored === version - 1) return
      throw new BusError('process-conflict', `${process} ${key} was changed by somebody else meanwhile.`)
    })
    changes.push(() => {
      this.instances.set(id, structuredClone(instance))
      this.revisions.push(structuredClone({ ...revision, process, key }))
    })
  }
}

function idOf({ process, key }: { process: string; key: string }): string {
  return `${process} ${key}`
}
