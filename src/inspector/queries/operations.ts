import type { Pool } from 'pg'
import { noCounts } from '../../bus/index.ts'
import {
  type ItemCounts,
  type ItemState,
  type OperationDetail,
  type OperationItemView,
  type OperationKind,
  type OperationState,
  type OperationView,
  progressOf,
} from '../model/operation.ts'
import { selectionWords } from '../model/selection-words.ts'
import type { Selection } from '../operation-messages.ts'

const COLUMNS = `
  o.id, o.kind, o.state, o.selection, o.reason, o.as_of, o.total, o.stages, o.stage, o.per_second, o.stop_share, o.note,
  o.started_at, o.finished_at,
  (SELECT jsonb_object_agg(state, count) FROM (
     SELECT state, count(*) AS count FROM operation_items WHERE operation_id = o.id GROUP BY state
   ) AS counted) AS counts`

interface OperationRecord {
  id: string
  kind: OperationKind
  state: OperationState
  selection: Selection | { by: 'operation' }
  reason: string | null
  as_of: Date
  total: number
  stages: number[]
  stage: number
  per_second: number
  stop_share: number | null
  note: string | null
  started_at: Date
  finished_at: Date | null
  counts: Partial<ItemCounts> | null
}

const NEWEST = `SELECT ${COLUMNS} FROM operations AS o
  WHERE $1::timestamptz IS NULL OR (o.started_at, o.id) < ($1::timestamptz, $2::uuid)
  ORDER BY o.started_at DESC, o.id DESC LIMIT $3`

export interface OperationsRequest {
  before: { startedAt: string; operationId: string } | null
  limit: number
}

export async function findOperations(pool: Pool, { before, limit }: OperationsRequest): Promise<OperationView[]> {
  const values = [before?.startedAt ?? null, before?.operationId ?? null, limit]
  const { rows } = await pool.query<OperationRecord>(NEWEST, values)
  return rows.map(toView)
}

const ONE = `SELECT ${COLUMNS} FROM operations AS o WHERE o.id = $1`

const STAGES = `
  SELECT stage, state, count(*)::int AS count FROM operation_items
  WHERE operation_id = $1 AND state <> 'waiting' GROUP BY stage, state`

interface StageRecord {
  stage: number
  state: ItemState
  count: number
}

const ITEMS = `
  SELECT i.position, i.delivery_id, i.state, i.note, i.changed_at, d.message_id, d.subscription, d.last_error, m.name
  FROM operation_items AS i
  LEFT JOIN deliveries AS d ON d.id = i.delivery_id LEFT JOIN messages AS m ON m.id = d.message_id
  WHERE i.operation_id = $1 AND i.position > $2 AND ($3::text IS NULL OR i.state = $3)
  ORDER BY i.position LIMIT $4`

interface ItemRecord {
  position: number
  delivery_id: string
  state: ItemState
  note: string | null
  changed_at: Date
  message_id: string | null
  subscription: string | null
  last_error: string | null
  name: string | null
}

export interface OperationRequest {
  id: string
  /** Items of this outcome only. */
  state: ItemState | null
  after: number
  limit: number
}

export async function findOperation(pool: Pool, request: OperationRequest): Promise<OperationDetail | null> {
  const { id, state, after, limit } = request
  const [operations, stages, items] = await Promise.all([
    pool.query<OperationRecord>(ONE, [id]),
    pool.query<StageRecord>(STAGES, [id]),
    pool.query<ItemRecord>(ITEMS, [id, after, state, limit + 1]),
  ])
  const [operation] = operations.rows
  if (!operation) return null
  const shown = items.rows.slice(0, limit).map(toItem)
  return {
    ...toView(operation),
    progress: progressOf(operation, (stage) => countsOf(stages.rows, stage)),
    items: shown,
    nextPosition: items.rows.length > limit ? (shown.at(-1)?.position ?? null) : null,
  }
}

function countsOf(rows: readonly StageRecord[], stage: number): ItemCounts {
  const counts = noCounts()
  for (const row of rows) if (row.stage === stage) counts[row.state] = row.count
  return counts
}

function toView(row: OperationRecord): OperationView {
  return {
    operationId: row.id,
    kind: row.kind,
    state: row.state,
    title: selectionWords(row.selection),
    reason: row.reason,
    asOf: row.as_of.toISOString(),
    total: row.total,
    stages: row.stages,
    perSecond: row.per_second,
    stopShare: row.stop_share,
    note: row.note,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    counts: { ...noCounts(), ...row.counts },
  }
}

function toItem(row: ItemRecord): OperationItemView {
  return {
    position: row.position,
    deliveryId: row.delivery_id,
    messageId: row.message_id,
    messageName: row.name,
    subscription: row.subscription,
    state: row.state,
    note: row.note,
    lastError: row.last_error,
    changedAt: row.changed_at.toISOString(),
  }
}
