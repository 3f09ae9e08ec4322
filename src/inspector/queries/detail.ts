import type { Pool } from 'pg'
import type { Catalog, DeliveryState, HandlerSettingsStore, RecordedError, Registry } from '../../bus/index.ts'
import type { Faults } from '../faults.ts'
import { rollUp } from '../model/roll-up.ts'
import type { AttemptView, DeliveryView, EmittedView, LaneView, MessageDetail, PlacedAttempt } from '../model/view.ts'
import { findCircumstances } from './circumstances.ts'
import { withDeliveries } from './messages.ts'
import { METADATA_COLUMNS, METADATA_SOURCES, type MetadataRecord, metadataOf } from './metadata.ts'
import { BODY_COLUMNS, maskedJson, type StoredBody, toPayloadView } from './payloads.ts'
import { MESSAGE_COLUMNS, type MessageRecord } from './rows.ts'
import type { UsualOfType } from './usual.ts'

interface DetailRecord extends MessageRecord, StoredBody, MetadataRecord {
  retried_from: string | null
  expires_at: Date | null
  subject_id: string | null
  idempotency_key: string | null
  first_due_at: Date | null
  cause_name: string | null
  cause_kind: 'command' | 'event' | null
  cause_subscription: string | null
}

/** Trying again takes the place of the time at which it was due at first. */
const FIRST_DUE = `(
    SELECT min(d.due_at) FROM deliveries AS d WHERE d.message_id = m.id AND d.attempt <= 1 AND d.state <> 'retrying')`

const MESSAGE = `
  SELECT ${MESSAGE_COLUMNS}, ${BODY_COLUMNS}, m.retried_from, m.expires_at, m.subject_id, m.idempotency_key, ${METADATA_COLUMNS},
    ${FIRST_DUE} AS first_due_at, cause.name AS cause_name, cause.kind AS cause_kind, via.subscription AS cause_subscription
  FROM messages AS m
  ${METADATA_SOURCES}
  LEFT JOIN messages AS cause ON cause.id = m.causation_id
  LEFT JOIN deliveries AS via ON via.id = m.causation_delivery_id
  WHERE m.id = $1`

interface Parts {
  pool: Pool
  catalog: Catalog
  registry: Registry
  faults: Faults
  handlerSettings: HandlerSettingsStore
  usualOf(name: string): Promise<UsualOfType>
}

/** One message with all there is to know of it; classified values are masked. */
export async function findMessage(parts: Parts, messageId: string): Promise<MessageDetail | null> {
  const { pool, catalog } = parts
  const { rows } = await pool.query<DetailRecord>(MESSAGE, [messageId])
  const [record] = rows
  if (!record) return null
  const [[row], usual] = await Promise.all([withDeliveries(pool, [record]), parts.usualOf(record.name)])
  return {
    ...row!,
    description: catalog.find(record.name, record.version)?.description ?? null,
    payload: toPayloadView(maskedJson(catalog, record)),
    deliveries: await toLanes(parts, messageId, row!.deliveries, usual),
    usual: usual.shape,
    cause: causeOf(record),
    retriedFrom: record.retried_from,
    expiresAt: record.expires_at?.toISOString() ?? null,
    subjectId: record.subject_id,
    idempotencyKey: record.idempotency_key,
    dueAt: record.first_due_at?.toISOString() ?? null,
    metadata: metadataOf(parts, record),
  }
}

function causeOf({ causation_id, cause_name, cause_kind, cause_subscription }: DetailRecord): MessageDetail['cause'] {
  if (!causation_id || !cause_name || !cause_kind) return null
  return { messageId: causation_id, name: cause_name, kind: cause_kind, subscription: cause_subscription ?? 'unknown' }
}

async function toLanes(
  parts: Parts,
  messageId: string,
  deliveries: readonly DeliveryView[],
  usual: UsualOfType,
): Promise<LaneView[]> {
  const { pool, registry, faults } = parts
  const [attempts, emitted, active, outages, circumstancesOf] = await Promise.all([
    findAttempts(pool, messageId),
    findEmitted(pool, messageId),
    faults.list(),
    findOutages(pool),
    findCircumstances(parts, deliveries, usual),
  ])
  return deliveries.map((delivery) => ({
    ...delivery,
    ...circumstancesOf(delivery),
    handlerKind: registry.subscriptions.get(delivery.subscription)?.subscription.kind ?? null,
    attempts: attempts.get(delivery.deliveryId) ?? [],
    emitted: emitted.get(delivery.deliveryId) ?? [],
    fault: active.get(delivery.subscription) ?? null,
    outage: outages.get(delivery.subscription) ?? null,
  }))
}

async function findOutages(pool: Pool): Promise<Map<string, { since: string }>> {
  const { rows } = await pool.query<{ subscription: string; outage_since: Date }>(
    'SELECT subscription, outage_since FROM handler_states',
  )
  return new Map(rows.map((row) => [row.subscription, { since: row.outage_since.toISOString() }]))
}

interface AttemptRecord {
  delivery_id: string
  number: number
  outcome: AttemptView['outcome']
  started_at: Date
  finished_at: Date
  node: string
  error: RecordedError | null
  next_due_at: Date | null
}

async function findAttempts(pool: Pool, messageId: string): Promise<Map<string, AttemptView[]>> {
  const { rows } = await pool.query<AttemptRecord>(
    `SELECT a.* FROM attempts AS a JOIN deliveries AS d ON d.id = a.delivery_id
     WHERE d.message_id = $1 ORDER BY a.delivery_id, a.number`,
    [messageId],
  )
  return groupBy(rows, (row) => row.delivery_id, toAttempt)
}

function toAttempt(row: AttemptRecord): AttemptView {
  return {
    number: row.number,
    outcome: row.outcome,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at.toISOString(),
    node: row.node,
    error: row.error,
    nextDueAt: row.next_due_at?.toISOString() ?? null,
  }
}

/** One attempt of any delivery, with what it belongs to. */
export async function findAttempt(
  pool: Pool,
  { deliveryId, number }: { deliveryId: string; number: number },
): Promise<PlacedAttempt | null> {
  const { rows } = await pool.query<AttemptRecord & { message_id: string; subscription: string }>(
    `SELECT a.*, d.message_id, d.subscription FROM attempts AS a JOIN deliveries AS d ON d.id = a.delivery_id
     WHERE a.delivery_id = $1 AND a.number = $2`,
    [deliveryId, number],
  )
  const [row] = rows
  return row ? { attempt: toAttempt(row), messageId: row.message_id, deliveryId, subscription: row.subscription } : null
}

interface EmittedRecord {
  message_id: string
  name: string
  kind: 'command' | 'event'
  causation_delivery_id: string
  states: DeliveryState[]
}

async function findEmitted(pool: Pool, messageId: string): Promise<Map<string, EmittedView[]>> {
  const { rows } = await pool.query<EmittedRecord>(
    `SELECT m.id AS message_id, m.name, m.kind, m.causation_delivery_id,
            ARRAY(SELECT d.state FROM deliveries AS d WHERE d.message_id = m.id) AS states
     FROM messages AS m
     WHERE m.conversation_id = (SELECT conversation_id FROM messages WHERE id = $1) AND m.causation_id = $1
     ORDER BY m.occurred_at, m.id LIMIT 1000`,
    [messageId],
  )
  return groupBy(
    rows,
    (row) => row.causation_delivery_id,
    ({ message_id, name, kind, states }) => ({ messageId: message_id, name, kind, state: rollUp(states) }),
  )
}

function groupBy<Row, View>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  toView: (row: Row) => View,
): Map<string, View[]> {
  const groups = new Map<string, View[]>()
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), toView(row)])
  return groups
}
