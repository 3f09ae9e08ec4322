import type { Pool } from 'pg'
import type { NodeStore } from '../bus/index.ts'

const BEAT = `
  INSERT INTO nodes (id, host, pid, role, version, in_flight, started_at, heartbeat_at)
  VALUES ($1, $2, $3, $4, $5, $6, now(), now())
  ON CONFLICT (id) DO UPDATE SET heartbeat_at = now(), in_flight = excluded.in_flight, stopped_at = NULL`

const LEAVE = `
  WITH given_up AS (DELETE FROM leaders WHERE node = $1)
  UPDATE nodes SET stopped_at = now(), heartbeat_at = now(), in_flight = 0 WHERE id = $1`

const LEAD = `
  INSERT INTO leaders AS l (job, node, since, until)
  VALUES ($1, $2, now(), now() + make_interval(secs => $3 / 1000.0))
  ON CONFLICT (job) DO UPDATE
  SET node = excluded.node, until = excluded.until,
      since = CASE WHEN l.node = excluded.node THEN l.since ELSE excluded.since END
  WHERE l.node = excluded.node OR l.until < now()
  RETURNING node`

export function createNodes(pool: Pool, node: string): NodeStore {
  return {
    beat: async ({ host, pid, role, version }, inFlight) => {
      await pool.query(BEAT, [node, host, pid, role, version, inFlight])
    },
    leave: async () => {
      await pool.query(LEAVE, [node])
    },
    lead: async (job, leaseMs) => (await pool.query(LEAD, [job, node, leaseMs])).rowCount === 1,
    forget: async () =>
      (await pool.query(`DELETE FROM nodes WHERE heartbeat_at < now() - interval '1 day'`)).rowCount ?? 0,
  }
}
