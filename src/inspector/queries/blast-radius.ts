import type { Pool } from 'pg'
import type { Registry } from '../../bus/index.ts'
import type { Blast } from '../model/blast-radius.ts'
import type { Selection } from '../operation-messages.ts'
import { SELECTED_DEAD, selectionValues } from '../operations/freeze.ts'

const COUNTS = `
  SELECT d.subscription, count(*)::int AS count
  FROM (${SELECTED_DEAD}) AS dead JOIN deliveries AS d ON d.id = dead.id
  GROUP BY 1 ORDER BY 2 DESC, 1`

/** A failed attempt sends nothing: what was sent came from those that succeeded. */
const SUCCEEDED = {
  name: 'read-week-of-successes',
  text: `
    SELECT subscription, sum(count)::int AS count FROM attempt_counts
    WHERE span_s = 3600 AND at > now() - interval '7 days' AND outcome = 'succeeded' AND subscription = ANY ($1::text[])
    GROUP BY 1`,
}

const SENT = {
  name: 'read-week-of-emissions',
  text: `
    SELECT sender, name, sum(count)::int AS count FROM message_counts
    WHERE span_s = 3600 AND at > now() - interval '7 days' AND sender = ANY ($1::text[])
      AND name <> 'bus.delivery-died'
    GROUP BY 1, 2 ORDER BY 3 DESC, 2`,
}

interface Parts {
  pool: Pool
  registry: Registry
}

/** Of each handler in the selection: how many it will handle again, what that sends by history, and how surely once. */
export async function findBlastRadius({ pool, registry }: Parts, asOf: string, selection: Selection): Promise<Blast[]> {
  const { rows } = await pool.query<{ subscription: string; count: number }>(COUNTS, selectionValues(asOf, selection))
  const names = [rows.map((each) => each.subscription)]
  const [succeeded, sent] = await Promise.all([
    pool.query<{ subscription: string; count: number }>({ ...SUCCEEDED, values: names }),
    pool.query<{ sender: string; name: string; count: number }>({ ...SENT, values: names }),
  ])
  const successes = new Map(succeeded.rows.map((each) => [each.subscription, each.count]))
  return rows.map(({ subscription, count }) => {
    const observed = successes.get(subscription) ?? 0
    const own = sent.rows.filter((each) => each.sender === subscription)
    return {
      ...{ subscription, count, observed },
      kind: registry.subscriptions.get(subscription)?.subscription.kind ?? null,
      emits: observed === 0 ? [] : own.map((each) => ({ name: each.name, each: each.count / observed })),
    }
  })
}
