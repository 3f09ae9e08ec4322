import type { Pool } from 'pg'
import type { OperationUnderway } from '../model/operation.ts'

const MOST = 20

const UNDERWAY = {
  name: 'find-operations-underway',
  text: `
    SELECT o.id, o.kind, o.state, o.total,
           (SELECT count(*)::int FROM operation_items AS i WHERE i.operation_id = o.id AND i.state IN ('waiting', 'retried')) AS open
    FROM operations AS o WHERE o.state IN ('running', 'paused') ORDER BY o.started_at DESC, o.id DESC LIMIT ${MOST}`,
}

/** What operators have set going and is not over, the newest first. */
export async function findUnderway(pool: Pool): Promise<OperationUnderway[]> {
  const { rows } = await pool.query<Pick<OperationUnderway, 'kind' | 'state' | 'total'> & { id: string; open: number }>(
    UNDERWAY,
  )
  return rows.map(({ id, kind, state, total, open }) => ({ operationId: id, kind, state, total, known: total - open }))
}
