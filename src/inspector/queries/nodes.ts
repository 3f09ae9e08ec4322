import type { Pool } from 'pg'
import type { NodeView } from '../model/node-view.ts'

/** Four heartbeats. */
const SILENT_AFTER_MS = 8_000
const MAX_NODES = 200

const NODES = `
  SELECT n.id, n.host, n.pid, n.role, n.version, n.in_flight AS "inFlight", n.started_at AS "startedAt",
         n.stopped_at AS "stoppedAt", age.ms AS "heartbeatAgeMs",
         CASE WHEN n.stopped_at IS NOT NULL THEN 'stopped' WHEN age.ms > $1 THEN 'silent' ELSE 'alive' END AS state,
         EXISTS (SELECT FROM leaders AS l WHERE l.node = n.id AND l.until > now()) AS leads
  FROM nodes AS n
  CROSS JOIN LATERAL (SELECT greatest(0, extract(epoch FROM now() - n.heartbeat_at) * 1000)::float8 AS ms) AS age
  ORDER BY n.stopped_at IS NOT NULL, age.ms > $1, n.started_at DESC, n.id LIMIT ${MAX_NODES}`

interface NodeRecord extends Omit<NodeView, 'startedAt' | 'stoppedAt'> {
  startedAt: Date
  stoppedAt: Date | null
}

/** Every node that lives or was there within the last day; those that live first. */
export async function findNodes(pool: Pool): Promise<NodeView[]> {
  const { rows } = await pool.query<NodeRecord>(NODES, [SILENT_AFTER_MS])
  return rows.map((row) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    stoppedAt: row.stoppedAt?.toISOString() ?? null,
  }))
}
