import type { Pool } from 'pg'
import {
  type Catalog,
  type PersonKeys,
  type ProcessDefinition,
  type ProcessStatus,
  type ProcessTimer,
  type StateValue,
  subscriptionName,
} from '../../bus/index.ts'
import type { PriorState } from '../model/prior-state.ts'
import { BODY_COLUMNS, maskedJson, type StoredBody } from './payloads.ts'

const DELIVERY = `
  SELECT d.subscription, d.settled_at, d.xmin::text AS settled_by, d.message_id, ${BODY_COLUMNS}
  FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id WHERE d.id = $1`

/**
 * The step before the message's own, which is also the one that called a time-out off: both were written by one
 * transaction. Where there is none, the newest one by the time the message was settled.
 */
const BEFORE = `
  SELECT p.definition_version, p.version AS newest, p.status, p.timers, r.version, r.state_after, r.context_after
  FROM processes AS p CROSS JOIN LATERAL (
    SELECT version, state_after, context_after FROM process_revisions
    WHERE process_name = p.name AND process_key = p.key AND ($4::timestamptz IS NULL OR at <= $4::timestamptz)
      AND version < coalesce((SELECT min(own.version) FROM process_revisions AS own
                              WHERE own.process_name = p.name AND own.process_key = p.key
                                AND (own.message_id = $3 OR own.xmin = $5::xid)), 2147483647)
    ORDER BY version DESC LIMIT 1
  ) AS r
  WHERE p.name = $1 AND p.key = $2`

interface DeliveryRow extends StoredBody {
  subscription: string
  settled_at: Date | null
  /** The transaction that wrote the delivery as it is now. */
  settled_by: string
  message_id: string
}

interface BeforeRow {
  definition_version: number
  newest: number
  status: ProcessStatus
  timers: ProcessTimer[]
  version: number
  state_after: StateValue
  context_after: Record<string, unknown>
}

interface Parts {
  pool: Pool
  catalog: Catalog
  people: PersonKeys
  processes: readonly ProcessDefinition[]
}

/** Of a delivery to a process manager: where its instance was before; null where there was none, or nobody can tell any more. */
export async function findPriorState(parts: Parts, deliveryId: string): Promise<PriorState | null> {
  const { pool, catalog } = parts
  const { rows } = await pool.query<DeliveryRow>(DELIVERY, [deliveryId])
  const [delivery] = rows
  const heard = delivery && hearing(parts.processes, delivery.subscription)
  const key = heard && keyIn(heard.keyOf, JSON.parse(maskedJson(catalog, delivery)))
  if (!delivery || !heard || typeof key !== 'string') return null
  const { process } = heard
  const values = [process.name, key, delivery.message_id, delivery.settled_at, delivery.settled_by]
  const before = await pool.query<BeforeRow>(BEFORE, values)
  const [row] = before.rows
  if (!row) return null
  const { value: context, isErased } = await parts.people.open(row.context_after)
  if (isErased) return null
  const isNewest = row.version === row.newest
  return {
    ...{ name: process.name, key, definitionVersion: row.definition_version, version: row.version },
    // As long as something followed it ran.
    status: isNewest ? row.status : 'running',
    state: row.state_after,
    context: context as PriorState['context'],
    // Of time-outs that have come meanwhile nothing is known any more.
    timers: row.timers.filter((each) => each.setAt <= row.version).map((each) => ({ ...each, messageId: null })),
  }
}

/** A key that is worked out from what is masked may not come off. */
function keyIn(keyOf: (body: unknown) => unknown, body: unknown): unknown {
  try {
    return keyOf(body)
  } catch {
    return null
  }
}

/** The process that a subscription belongs to, and how it tells its instance from a body. */
function hearing(processes: readonly ProcessDefinition[], subscription: string) {
  for (const process of processes) {
    if (process.timeOut.name === subscription) {
      return { process, keyOf: (body: unknown) => (body as { key?: unknown }).key }
    }
    const reaction = process.reactions.find((each) => subscriptionName(process, each) === subscription)
    if (reaction) return { process, keyOf: (body: unknown): unknown => reaction.key(body) }
  }
  return null
}
