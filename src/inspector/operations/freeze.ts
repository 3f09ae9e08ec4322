import type { DeadSelection, NewOperation, Tx } from '../../bus/index.ts'
import { isDiscardedBy, WAS_REPLACED } from './take.ts'

/** Deliveries that one operation takes at most. */
export const MAX_ITEMS = 50_000

const OF_SELECTION = `
  FROM deliveries
  WHERE state = 'dead' AND settled_at <= $1::timestamptz
    AND ($2::uuid[] IS NULL OR id = ANY ($2::uuid[])) AND ($3::text[] IS NULL OR fingerprint = ANY ($3::text[]))
    AND ($4::text IS NULL OR subscription = $4) AND ($5::text IS NULL OR strpos(lower(last_error), lower($5)) > 0)`

/** Dead deliveries of a selection, with its values as $1 to $5: the oldest ones. */
export const SELECTED_DEAD = `
  SELECT id, attempt, settled_at ${OF_SELECTION} ORDER BY settled_at, id LIMIT ${MAX_ITEMS}`

/** The newest ones, at most so many. */
export function newestDead(most: number): string {
  return `SELECT id, settled_at ${OF_SELECTION} ORDER BY settled_at DESC, id DESC LIMIT ${most}`
}

export function selectionValues(asOf: string, selection: DeadSelection): unknown[] {
  return [
    asOf,
    selection.by === 'ids' ? selection.deliveryIds : null,
    fingerprintsOf(selection),
    selection.by === 'filter' ? selection.subscription : null,
    selection.by === 'filter' ? selection.text : null,
  ]
}

function fingerprintsOf(selection: DeadSelection): readonly string[] | null {
  if (selection.by === 'group') return [selection.fingerprint]
  return selection.by === 'groups' ? selection.fingerprints : null
}

/** One query decides what is in the operation: whatever changes later, the set does not. Returns how many there are. */
export async function freezeSelection(tx: Tx, operation: NewOperation, selection: DeadSelection): Promise<number> {
  const items = `SELECT row_number() OVER (ORDER BY settled_at, id) AS position, id, attempt FROM (${SELECTED_DEAD}) AS dead`
  return freeze(tx, operation, selection, items, selectionValues(operation.asOf, selection))
}

/** The deliveries that an operation has discarded and that are discarded still: by it, and not by who or what came after it. */
export async function freezeDiscarded(tx: Tx, operation: NewOperation, discarded: string): Promise<number> {
  const items = `SELECT i.position, d.id, d.attempt FROM operation_items AS i JOIN deliveries AS d ON d.id = i.delivery_id
    WHERE i.operation_id = $1 AND i.state = 'discarded' AND ${isDiscardedBy('$1')} AND NOT ${WAS_REPLACED}`
  return freeze(tx, operation, { by: 'operation', operationId: discarded }, items, [discarded])
}

async function freeze(
  tx: Tx,
  { operationId, kind, actorId, asOf, pace, reason }: NewOperation,
  selection: object,
  items: string,
  values: unknown[],
): Promise<number> {
  await tx.query(
    `INSERT INTO operations (id, kind, selection, reason, as_of, total, stages, per_second, stop_share, actor_id)
     VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9)`,
    [operationId, kind, selection, reason, asOf, pace.stages, pace.perSecond, pace.stopShare, actorId],
  )
  const next = values.length + 1
  const [row] = await tx.query<{ total: number }>(
    `WITH frozen AS (${items}), kept AS (
       INSERT INTO operation_items (operation_id, position, delivery_id, attempt)
       SELECT $${next}::uuid, position, id, attempt FROM frozen RETURNING 1
     )
     SELECT count(*)::int AS total FROM kept`,
    [...values, operationId],
  )
  const total = row?.total ?? 0
  const change =
    total > 0 ? 'UPDATE operations SET total = $2 WHERE id = $1' : 'DELETE FROM operations WHERE id = $1 AND $2 = 0'
  await tx.query(change, [operationId, total])
  return total
}
