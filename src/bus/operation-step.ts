/** One step of an operation, in one transaction: see what became of what was retried, and decide what is next. */
import { type ItemCounts, nextStep, noCounts } from './operation.ts'
import type { DueOperation, OperationStore } from './operation-store.ts'
import type { Tx } from './ports.ts'
import type { Registry } from './registry.ts'

export interface OperationParts {
  operations: OperationStore
  registry: Registry
  /** It has come to its end by itself: in the transaction of its last step. */
  onEnded(tx: Tx, operationId: string, state: 'completed' | 'stopped'): Promise<unknown>
}

const PACE_MS = 1_000
const WATCH_MS = 500

/** Returns whether there was an operation to take a step of. What it knows stands in rows: any node may take the next. */
export async function stepOperation(parts: OperationParts, tx: Tx): Promise<boolean> {
  const { operations } = parts
  const operation = await operations.takeDue(tx)
  if (!operation) return false
  const { operationId, state } = operation
  await operations.noteOutcomes(tx, operationId)
  const counts = await operations.count(tx, operation)
  if (state === 'running') await advance(parts, tx, operation, counts)
  else await operations.planNext(tx, operationId, counts.retried > 0 ? WATCH_MS : null)
  return true
}

async function advance(parts: OperationParts, tx: Tx, operation: DueOperation, counts: ItemCounts): Promise<void> {
  const { operations } = parts
  const { operationId, kind, pace, stage } = operation
  const step = nextStep(kind, pace, stage, counts)
  switch (step.step) {
    case 'next-stage': {
      const next = { ...operation, stage: stage + 1 }
      await operations.beginStage(tx, operationId, next.stage)
      return advance(parts, tx, next, { ...noCounts(), waiting: counts.waiting })
    }
    case 'take':
      await operations.take(tx, operation, step.count, attemptsOf(parts.registry))
      return operations.planNext(tx, operationId, PACE_MS)
    case 'wait':
      return operations.planNext(tx, operationId, WATCH_MS)
    case 'stop':
      await operations.leaveWaiting(tx, operationId, 'The operation had stopped before its turn.')
      return end(parts, tx, operationId, 'stopped', step.note)
    case 'complete':
      return end(parts, tx, operationId, 'completed', null)
  }
}

async function end(
  { operations, onEnded }: OperationParts,
  tx: Tx,
  operationId: string,
  state: 'completed' | 'stopped',
  note: string | null,
): Promise<void> {
  await operations.end(tx, operationId, state, note)
  await onEnded(tx, operationId, state)
}

/** What a retry grants to the deliveries of each subscription. */
function attemptsOf({ subscriptions }: Registry): ReadonlyMap<string, number> {
  return new Map([...subscriptions.values()].map(({ subscription, retry }) => [subscription.name, retry.maxAttempts]))
}
