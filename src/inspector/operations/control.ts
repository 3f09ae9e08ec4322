import type { Intervention, Tx } from '../../bus/index.ts'

export function pauseOperation(tx: Tx, operationId: string): Promise<Intervention> {
  return change(
    tx,
    `UPDATE operations SET state = 'paused' WHERE id = $1 AND state = 'running' RETURNING id`,
    operationId,
  )
}

export function resumeOperation(tx: Tx, operationId: string): Promise<Intervention> {
  const resume = `UPDATE operations SET state = 'running', next_step_at = now() WHERE id = $1 AND state = 'paused' RETURNING id`
  return change(tx, resume, operationId)
}

/** What waits is left as it is; what is on its way is watched until it has an outcome. */
export async function abortOperation(tx: Tx, operationId: string): Promise<Intervention> {
  const abort = `UPDATE operations SET state = 'aborted', finished_at = now(), note = 'An operator aborted it.', next_step_at = now()
    WHERE id = $1 AND state IN ('running', 'paused') RETURNING id`
  const outcome = await change(tx, abort, operationId)
  if (outcome === 'done') await leaveWaiting(tx, operationId, 'The operation was aborted before its turn.')
  return outcome
}

export async function leaveWaiting(tx: Tx, operationId: string, note: string): Promise<void> {
  await tx.query(
    `UPDATE operation_items SET state = 'skipped', note = $2, changed_at = now() WHERE operation_id = $1 AND state = 'waiting'`,
    [operationId, note],
  )
}

async function change(tx: Tx, text: string, operationId: string): Promise<Intervention> {
  if ((await tx.query(text, [operationId])).length > 0) return 'done'
  const known = await tx.query('SELECT 1 FROM operations WHERE id = $1', [operationId])
  return known.length > 0 ? 'wrong-state' : 'unknown'
}
