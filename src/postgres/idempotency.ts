import type { Added, PlannedMessage, Tx } from '../bus/index.ts'
import { inTransaction, type Run } from './statement.ts'

/**
 * Whoever has the key first keeps it for its window. A transaction that asks for a key another one has just taken
 * waits for that one to end. Returns no row where the key is taken.
 */
export const claimKey = (values: string): string => `
    INSERT INTO idempotency_keys AS k (name, key, message_id, conversation_id, expires_at)
    VALUES (${values})
    ON CONFLICT (name, key) DO UPDATE
    SET message_id = excluded.message_id, conversation_id = excluded.conversation_id, expires_at = excluded.expires_at
    WHERE k.expires_at <= now()
    RETURNING message_id`

const CLAIM = {
  name: 'claim-idempotency-key',
  text: claimKey('$1, $2, $3, $4, now() + make_interval(secs => $5::float8 / 1000)'),
}

const FIND = {
  name: 'find-idempotency-key',
  text: 'SELECT message_id, conversation_id FROM idempotency_keys WHERE name = $1 AND key = $2',
}

/** Takes the message's key for it; returns the answer of the first message where the key is taken. */
export async function claimIdempotencyKey(tx: Tx, message: PlannedMessage): Promise<Added | null> {
  const { name, idempotencyKey, messageId, conversationId } = message.envelope
  const values = [name, idempotencyKey, messageId, conversationId, message.idempotencyWindowMs]
  return (await tx.query(CLAIM, values)).length > 0 ? null : findFirst(inTransaction(tx), message)
}

/** The answer of the message that has the key. */
export async function findFirst(run: Run, { envelope: { name, idempotencyKey } }: PlannedMessage): Promise<Added> {
  const [first] = await run<{ message_id: string; conversation_id: string }>(FIND, [name, idempotencyKey])
  if (!first) throw new Error(`The idempotency key of ${name} was neither taken nor found.`)
  return { messageId: first.message_id, conversationId: first.conversation_id, isNew: false }
}
