/** What a step of an operation reads and writes. */
import type { DueOperation, ItemCounts, ItemState, OperationKind, OperationState, Tx } from '../../bus/index.ts'
import { noCounts } from '../../bus/index.ts'

interface OperationRecord {
  id: string
  kind: OperationKind
  state: OperationState
  reason: string | null
  stages: number[]
  stage: number
  per_second: number
  stop_share: number | null
}

/** Only one node takes a step of an operation at a time; the others pass over it. */
const LOCK_DUE = `
  SELECT id, kind, state, reason, stages, stage, per_second, stop_share FROM operations
  WHERE next_step_at <= now() ORDER BY next_step_at LIMIT 1 FOR UPDATE SKIP LOCKED`

export async function lockDue(tx: Tx): Promise<DueOperation | null> {
  const [row] = await tx.query<OperationRecord>(LOCK_DUE)
  if (!row) return null
  const { id: operationId, stages, per_second: perSecond, stop_share: stopShare, ...operation } = row
  return { operationId, ...operation, pace: { stages, perSecond, stopShare } }
}

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

export async function noteOutcomes(tx: Tx, operationId: string): Promise<void> {
  await tx.query(OUTCOMES, [operationId])
}

const COUNT = `
  SELECT state, stage, count(*)::int AS count FROM operation_items WHERE operation_id = $1 GROUP BY state, stage`

export async function countItems(tx: Tx, { operationId, stage }: DueOperation): Promise<ItemCounts> {
  const counts = noCounts()
  for (const row of await tx.query<{ state: ItemState; stage: number; count: number }>(COUNT, [operationId]))
    if (row.state === 'waiting' || row.stage === stage) counts[row.state] += row.count
  return counts
}

export async function beginStage(tx: Tx, operationId: string, stage: number): Promise<void> {
  await tx.query('UPDATE operations SET stage = $2 WHERE id = $1', [operationId, stage])
}

export async function planNext(tx: Tx, operationId: string, inMs: number | null): Promise<void> {
  const text = 'UPDATE operations SET next_step_at = now() + make_interval(secs => $2::float8 / 1000) WHERE id = $1'
  await tx.query(text, [operationId, inMs])
}

export async function endOperation(
  tx: Tx,
  operationId: string,
  state: 'completed' | 'stopped',
  note: string | null,
): Promise<void> {
  const text = 'UPDATE operations SET state = $2, note = $3, finished_at = now(), next_step_at = $4 WHERE id = $1'
  await tx.query(text, [operationId, state, note, state === 'stopped' ? new Date() : null])
}
