/** One step of an operation, in one transaction: see what became of what was retried, and decide what is next. */
import type { Bus, Registry, Tx } from '../../bus/index.ts'
import {
  type ItemCounts,
  type ItemState,
  nextStep,
  noCounts,
  type OperationKind,
  type OperationState,
} from '../model/operation.ts'
import { OperationEnded } from '../operation-messages.ts'
import { leaveWaiting } from './control.ts'
import { takeItems } from './take.ts'

export interface StepParts {
  bus: Bus
  registry: Registry
}

interface OperationRecord {
  id: string
  kind: OperationKind
  state: OperationState
  reason: string | null
  stages: number[]
  /** The one it is in. */
  stage: number
  per_second: number
  stop_share: number | null
}

/** Only one node takes a step of an operation at a time; the others pass over it. */
const LOCK_DUE = `
  SELECT id, kind, state, reason, stages, stage, per_second, stop_share FROM operations
  WHERE next_step_at <= now() ORDER BY next_step_at LIMIT 1 FOR UPDATE SKIP LOCKED`

const OUTCOMES = `
  UPDATE operation_items AS i
  SET changed_at = now(),
      state = CASE d.state WHEN 'succeeded' THEN 'succeeded' WHEN 'dead' THEN 'failed-again' ELSE 'skipped' END,
      note = CASE WHEN d.id IS NULL THEN 'Its history has been removed.'
                  WHEN d.state IN ('discarded', 'skipped') THEN 'It was ' || d.state || ': ' || d.reason END
  FROM operation_items AS open LEFT JOIN deliveries AS d ON d.id = open.delivery_id
  WHERE open.operation_id = $1 AND open.state = 'retried'
    AND (d.id IS NULL OR d.state IN ('succeeded', 'dead', 'discarded', 'skipped'))
    AND i.operation_id = open.operation_id AND i.position = open.position`

const COUNT = `
  SELECT state, stage, count(*)::int AS count FROM operation_items WHERE operation_id = $1 GROUP BY state, stage`

const PACE_MS = 1_000
const WATCH_MS = 500

/** Returns whether there was an operation to take a step of. */
export async function stepOperation(parts: StepParts, tx: Tx): Promise<boolean> {
  const [operation] = await tx.query<OperationRecord>(LOCK_DUE)
  if (!operation) return false
  await tx.query(OUTCOMES, [operation.id])
  const counts = await countItems(tx, operation)
  if (operation.state === 'running') await advance(parts, tx, operation, counts)
  else await planNext(tx, operation.id, counts.retried > 0 ? WATCH_MS : null)
  return true
}

async function advance(parts: StepParts, tx: Tx, operation: OperationRecord, counts: ItemCounts): Promise<void> {
  const { id, kind, stages, stage, per_second: perSecond, stop_share: stopShare } = operation
  const step = nextStep(kind, { stages, perSecond, stopShare }, stage, counts)
  switch (step.step) {
    case 'next-stage': {
      await tx.query('UPDATE operations SET stage = $2 WHERE id = $1', [id, stage + 1])
      return advance(parts, tx, { ...operation, stage: stage + 1 }, { ...noCounts(), waiting: counts.waiting })
    }
    case 'take':
      await takeItems(parts.registry, tx, operation, step.count)
      return planNext(tx, id, PACE_MS)
    case 'wait':
      return planNext(tx, id, WATCH_MS)
    case 'stop':
      await leaveWaiting(tx, id, 'The operation had stopped before its turn.')
      return end(parts.bus, tx, id, 'stopped', step.note)
    case 'complete':
      return end(parts.bus, tx, id, 'completed', null)
  }
}

async function end(bus: Bus, tx: Tx, id: string, state: 'completed' | 'stopped', note: string | null): Promise<void> {
  const text = 'UPDATE operations SET state = $2, note = $3, finished_at = now(), next_step_at = $4 WHERE id = $1'
  // What is on its way when it stops is watched until it has an outcome.
  await tx.query(text, [id, state, note, state === 'stopped' ? new Date() : null])
  await bus.publish(OperationEnded, { operationId: id, state }, { tx })
}

async function planNext(tx: Tx, id: string, inMs: number | null): Promise<void> {
  const text = 'UPDATE operations SET next_step_at = now() + make_interval(secs => $2::float8 / 1000) WHERE id = $1'
  await tx.query(text, [id, inMs])
}

/** What waits of all of it, and what became of what the stage it is in has taken. */
async function countItems(tx: Tx, { id, stage }: OperationRecord): Promise<ItemCounts> {
  const counts = noCounts()
  for (const row of await tx.query<{ state: ItemState; stage: number; count: number }>(COUNT, [id]))
    if (row.state === 'waiting' || row.stage === stage) counts[row.state] += row.count
  return counts
}
