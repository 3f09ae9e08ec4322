import type { Pool } from 'pg'
import type { OutageStore } from '../bus/index.ts'

const LIST = {
  name: 'list-outages',
  text: `SELECT subscription, outage_since AS since, extract(epoch FROM next_probe_at - now())::float8 * 1000 AS "probeInMs"
         FROM handler_states`,
}

const BEGIN = `
  INSERT INTO handler_states (subscription, outage_since, next_probe_at)
  VALUES ($1, now(), now() + make_interval(secs => $2::float8 / 1000)) ON CONFLICT DO NOTHING RETURNING subscription`

/** Of many nodes one gets it. */
const TAKE_PROBE = `
  UPDATE handler_states SET next_probe_at = now() + make_interval(secs => $2::float8 / 1000)
  WHERE subscription = $1 AND next_probe_at <= now() RETURNING subscription`

const POSTPONE = `
  UPDATE handler_states SET next_probe_at = now() + make_interval(secs => $2::float8 / 1000) WHERE subscription = $1`

const END = 'DELETE FROM handler_states WHERE subscription = $1 RETURNING subscription'

export function createOutageStore(pool: Pool): OutageStore {
  const changes = async (text: string, ...values: unknown[]) => ((await pool.query(text, values)).rowCount ?? 0) > 0
  return {
    list: async () => (await pool.query<Awaited<ReturnType<OutageStore['list']>>[number]>(LIST)).rows,
    begin: (subscription, probeInMs) => changes(BEGIN, subscription, probeInMs),
    takeProbe: (subscription, holdMs) => changes(TAKE_PROBE, subscription, holdMs),
    postponeProbe: async (subscription, probeInMs) => void (await changes(POSTPONE, subscription, probeInMs)),
    end: (subscription) => changes(END, subscription),
  }
}
