import type { DueOperation, Tx } from '../../bus/index.ts'

const NEXT = `
  WITH next AS (
    SELECT position, delivery_id, attempt FROM operation_items
    WHERE operation_id = $1 AND state = 'waiting' ORDER BY position LIMIT $2
  ), done AS (`

/** The rest has changed since the set was frozen, and is left alone. */
const NOTE = `
  )
  UPDATE operation_items AS i
  SET changed_at = now(), stage = o.stage, state = CASE WHEN done.id IS NULL THEN 'skipped' ELSE $3 END,
      note = CASE WHEN done.id IS NULL THEN 'It had changed before its turn: somebody else took it up.' END
  FROM operations AS o, next LEFT JOIN done ON done.id = next.delivery_id
  WHERE o.id = $1 AND i.operation_id = o.id AND i.position = next.position`

const RETRY = `${NEXT}
    UPDATE deliveries AS d
    SET state = 'retrying', settled_at = NULL, revision = d.revision + 1, due_at = date_trunc('milliseconds', now()),
        max_attempts = d.attempt + coalesce(granted.attempts, 1)
    FROM next LEFT JOIN deliveries AS own ON own.id = next.delivery_id
    LEFT JOIN unnest($4::text[], $5::int[]) AS granted (subscription, attempts) ON granted.subscription = own.subscription
    WHERE d.id = next.delivery_id AND d.state = 'dead' AND d.attempt = next.attempt
    RETURNING d.id
  ${NOTE}`

const DISCARD = `${NEXT}
    UPDATE deliveries AS d SET state = 'discarded', settled_at = now(), reason = $4, revision = d.revision + 1
    FROM next WHERE d.id = next.delivery_id AND d.state = 'dead' AND d.attempt = next.attempt
    RETURNING d.id
  ), noted AS (
    INSERT INTO discards (delivery_id, actor_id, operation_id)
    SELECT done.id, o.actor_id, o.id FROM done JOIN operations AS o ON o.id = $1
    ON CONFLICT (delivery_id) DO UPDATE
      SET at = excluded.at, actor_id = excluded.actor_id, operation_id = excluded.operation_id, replaced_by = NULL
  ${NOTE}`

/**
 * Of a delivery `d`: a message stands in its place, and it must not come back. The same must hold where one is restored
 * alone: see WAS_REPLACED in src/postgres/interventions.ts.
 */
export const WAS_REPLACED = `EXISTS (
  SELECT FROM messages AS original
  JOIN messages AS edited ON edited.conversation_id = original.conversation_id
    AND edited.causation_delivery_id = d.id AND edited.retried_from = original.id
  WHERE original.id = d.message_id)`

/**
 * Of a delivery `d`: it is discarded, and who did it is an operation. What a rule of its handler, or the end of its
 * process, discards is noted nowhere: that no other operator is noted says nothing.
 */
export function isDiscardedBy(operationId: string): string {
  return `d.state = 'discarded' AND EXISTS (
    SELECT FROM discards AS own WHERE own.delivery_id = d.id AND own.operation_id = ${operationId})`
}

const TAKEN_BACK = `(SELECT (selection ->> 'operationId')::uuid FROM operations WHERE id = $1)`

const RESTORE = `${NEXT}
    UPDATE deliveries AS d SET state = 'dead', settled_at = now(), reason = NULL, revision = d.revision + 1
    FROM next WHERE d.id = next.delivery_id AND ${isDiscardedBy(TAKEN_BACK)} AND NOT ${WAS_REPLACED}
    RETURNING d.id
  ), forgotten AS (
    DELETE FROM discards WHERE delivery_id = ANY (ARRAY(SELECT id FROM done))
  ${NOTE}`

/** Does to the next items what the operation is for; each notes what was really done. */
export async function takeItems(
  tx: Tx,
  { operationId, kind, reason }: DueOperation,
  count: number,
  attempts: ReadonlyMap<string, number>,
): Promise<void> {
  // What is retried is due, and what is discarded lets the rest of its key go on.
  tx.bringsWork()
  switch (kind) {
    case 'retry':
      await tx.query(RETRY, [operationId, count, 'retried', [...attempts.keys()], [...attempts.values()]])
      return
    case 'discard':
      await tx.query(DISCARD, [operationId, count, 'discarded', reason ?? 'Discarded by an operation.'])
      return
    case 'restore':
      await tx.query(RESTORE, [operationId, count, 'restored'])
  }
}
