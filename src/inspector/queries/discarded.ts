import type { Pool } from 'pg'
import type { PersonKeys, Registry, Retention } from '../../bus/index.ts'
import { retentionOf } from '../../bus/index.ts'
import type { DeadLetterFilter } from '../model/dead-letters.ts'
import { type DiscardedPage, purgedAfter } from '../model/discarded.ts'

export interface DiscardedRequest extends DeadLetterFilter {
  before: DiscardedPage['next']
  limit: number
}

const PAGE = `
  SELECT s.delivery_id, s.at, s.operation_id, s.replaced_by, u.name AS actor, d.reason, d.subscription, d.last_error,
         d.attempt = 0 AS is_cancelled,         m.id AS message_id, m.name, m.occurred_at, beside.settled_at, beside.is_open
  FROM discards AS s
  JOIN deliveries AS d ON d.id = s.delivery_id AND d.state = 'discarded'
  JOIN messages AS m ON m.id = d.message_id
  LEFT JOIN users AS u ON u.id = s.actor_id
  CROSS JOIN LATERAL (
    SELECT max(settled_at) AS settled_at, bool_or(state NOT IN ('succeeded', 'skipped', 'discarded')) AS is_open
    FROM deliveries WHERE message_id = m.id
  ) AS beside
  WHERE ($1::timestamptz IS NULL OR (s.at, s.delivery_id) < ($1::timestamptz, $2::uuid))
    AND ($3::text IS NULL OR d.subscription = $3) AND ($4::text IS NULL OR strpos(lower(d.last_error), lower($4)) > 0)
  ORDER BY s.at DESC, s.delivery_id DESC LIMIT $5`

interface DiscardRecord {
  delivery_id: string
  at: Date
  operation_id: string | null
  replaced_by: string | null
  actor: string | null
  reason: string | null
  subscription: string
  last_error: string | null
  is_cancelled: boolean
  message_id: string
  name: string
  occurred_at: Date
  settled_at: Date
  is_open: boolean
}

interface Parts {
  pool: Pool
  people: Pick<PersonKeys, 'openText'>
  registry: Registry
}

/** What died and was discarded, or was cancelled before its time, the newest discard first. */
export async function findDiscarded(
  { pool, people, registry }: Parts,
  { before, subscription, text, limit }: DiscardedRequest,
): Promise<DiscardedPage> {
  const values = [before?.at ?? null, before?.deliveryId ?? null, subscription, text, limit + 1]
  const { rows } = await pool.query<DiscardRecord>({ name: 'find-discarded', text: PAGE, values })
  const retention = retentionOf(registry.definitions)
  const shown = await Promise.all(
    rows.slice(0, limit).map(async (row) => ({
      deliveryId: row.delivery_id,
      messageId: row.message_id,
      messageName: row.name,
      subscription: row.subscription,
      lastError: row.last_error,
      isCancelled: row.is_cancelled,
      at: row.at.toISOString(),
      by: row.actor === null ? null : ((await people.openText(row.actor)) ?? null),
      reason: row.reason,
      operationId: row.operation_id,
      replacedBy: row.replaced_by,
      purgedAfter: purgedAfter(
        { occurredAt: row.occurred_at, settledAt: row.settled_at, isOpen: row.is_open },
        daysOf(retention, row.name),
      ),
    })),
  )
  const last = shown.at(-1)
  const next = rows.length > limit && last ? { at: last.at, deliveryId: last.deliveryId } : null
  return { rows: shown, next }
}

function daysOf({ defaultDays, exceptions }: Retention, name: string): number {
  return exceptions.get(name) ?? defaultDays
}
