import type { Pool } from 'pg'
import type { HandlerSettingsStore, Registry } from '../../bus/index.ts'
import type { Ahead, Circumstances, Sharing } from '../model/explain/circumstances.ts'
import type { DeliveryView } from '../model/view.ts'
import type { UsualOfType } from './usual.ts'

/** More are not counted: "or more". */
const MOST_AHEAD = 1_000
const MOST_SHARING = 1_000

/** What its handler has to settle before: along the index that keeps the order, so that a long queue costs little. */
const AHEAD = {
  name: 'find-ahead',
  text: `
    SELECT d.id, d.ordering_key AS key, ahead.count, ahead.message_id, ahead.state
    FROM deliveries AS d
    JOIN unnest($1::uuid[], $2::bool[]) AS wanted (id, dead_waits) ON wanted.id = d.id
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count, (array_agg(message_id ORDER BY order_number))[1] AS message_id,
             (array_agg(state ORDER BY order_number))[1] AS state
      FROM (
        SELECT message_id, state, order_number FROM deliveries AS other
        WHERE other.subscription = d.subscription AND other.ordering_key = d.ordering_key
          AND other.state IN ('pending', 'running', 'retrying', 'dead')
          AND (other.state <> 'dead' OR wanted.dead_waits) AND other.order_number < d.order_number
        ORDER BY order_number LIMIT ${MOST_AHEAD}
      ) AS earlier
    ) AS ahead
    WHERE d.ordering_key IS NOT NULL AND ahead.count > 0`,
}

const SHARING = {
  name: 'find-sharing',
  text: `
    SELECT d.id, d.fingerprint, counted.count,
           (SELECT settled_at FROM deliveries AS first
            WHERE first.state = 'dead' AND first.fingerprint = d.fingerprint ORDER BY settled_at, id LIMIT 1) AS since
    FROM deliveries AS d
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count FROM (
        SELECT FROM deliveries AS other
        WHERE other.state = 'dead' AND other.fingerprint = d.fingerprint LIMIT ${MOST_SHARING}
      ) AS dead
    ) AS counted
    WHERE d.id = ANY ($1::uuid[]) AND d.state = 'dead'`,
}

interface AheadRow {
  id: string
  key: string
  count: number
  message_id: string
  state: Ahead['state']
}

interface SharingRow {
  id: string
  fingerprint: string
  count: number
  since: Date
}

interface Parts {
  pool: Pool
  registry: Registry
  handlerSettings: HandlerSettingsStore
}

type Stands = Pick<DeliveryView, 'deliveryId' | 'subscription' | 'state'>

/** What says why the deliveries of a message stand as they do. Asks only for those of which there is something to say. */
export async function findCircumstances(
  { pool, registry, handlerSettings }: Parts,
  deliveries: readonly Stands[],
  usual: UsualOfType,
): Promise<(delivery: Stands) => Circumstances> {
  const waiting = deliveries.filter((each) => each.state === 'pending' || each.state === 'retrying')
  const dead = deliveries.filter((each) => each.state === 'dead')
  const deadWaits = waiting.map(
    (each) => registry.subscriptions.get(each.subscription)?.subscription.order?.whenDead === 'wait',
  )
  const [settings, ahead, sharing] = await Promise.all([
    waiting.length > 0 ? handlerSettings.findAll() : null,
    rowsOf<AheadRow>(pool, AHEAD, waiting.length, [waiting.map((each) => each.deliveryId), deadWaits]),
    rowsOf<SharingRow>(pool, SHARING, dead.length, [dead.map((each) => each.deliveryId)]),
  ])
  return ({ deliveryId, subscription }) => ({
    isPaused: settings?.get(subscription)?.isPaused ?? false,
    ahead: toAhead(ahead.find((each) => each.id === deliveryId)),
    sharing: toSharing(sharing.find((each) => each.id === deliveryId)),
    usual: usual.durations.get(subscription) ?? null,
  })
}

async function rowsOf<Row extends object>(
  pool: Pool,
  statement: { name: string; text: string },
  count: number,
  values: unknown[],
): Promise<Row[]> {
  return count === 0 ? [] : (await pool.query<Row>({ ...statement, values })).rows
}

function toAhead(row: AheadRow | undefined): Ahead | null {
  if (!row) return null
  return {
    key: row.key,
    count: row.count,
    isMore: row.count >= MOST_AHEAD,
    state: row.state,
    messageId: row.message_id,
  }
}

function toSharing(row: SharingRow | undefined): Sharing | null {
  if (!row) return null
  return {
    fingerprint: row.fingerprint,
    others: row.count - 1,
    isMore: row.count >= MOST_SHARING,
    since: row.since.toISOString(),
  }
}
