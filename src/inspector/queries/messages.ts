import type { Pool } from 'pg'
import type { ConversationView, MessageRow, Place } from '../model/view.ts'
import { DELIVERY_COLUMNS, type DeliveryRecord, MESSAGE_COLUMNS, type MessageRecord, toMessageRows } from './rows.ts'

/** Messages of one conversation that are shown at most. */
const MAX_CONVERSATION = 2_000

/** A page of the newest messages, older than the given one. */
export interface PageRequest {
  before: Place | null
  limit: number
}

const PAGE = `
  SELECT ${MESSAGE_COLUMNS} FROM messages AS m
  WHERE $1::timestamptz IS NULL OR (m.occurred_at, m.id) < ($1::timestamptz, $2::uuid)
  ORDER BY m.occurred_at DESC, m.id DESC LIMIT $3`

export async function findPage(pool: Pool, { before, limit }: PageRequest): Promise<MessageRow[]> {
  const values = [before?.occurredAt ?? null, before?.messageId ?? null, limit]
  const { rows } = await pool.query<MessageRecord>(PAGE, values)
  return withDeliveries(pool, rows)
}

const BY_IDS = `
  SELECT ${MESSAGE_COLUMNS} FROM messages AS m WHERE m.id = ANY ($1::uuid[]) ORDER BY m.occurred_at DESC, m.id DESC`

/** The messages with the given ids, newest first. */
export async function findByIds(pool: Pool, ids: readonly string[]): Promise<MessageRow[]> {
  if (ids.length === 0) return []
  const { rows } = await pool.query<MessageRecord>(BY_IDS, [ids])
  return withDeliveries(pool, rows)
}

const CONVERSATION = `
  SELECT ${MESSAGE_COLUMNS} FROM messages AS m
  WHERE m.conversation_id = $1 ORDER BY m.occurred_at, m.id LIMIT $2`

export async function findConversation(pool: Pool, conversationId: string): Promise<ConversationView | null> {
  const { rows } = await pool.query<MessageRecord>(CONVERSATION, [conversationId, MAX_CONVERSATION + 1])
  if (rows.length === 0) return null
  const messages = await withDeliveries(pool, rows.slice(0, MAX_CONVERSATION))
  return { conversationId, messages, truncated: rows.length > MAX_CONVERSATION }
}

/** Whether a message of the conversation is about the person. */
export async function ownsConversation(pool: Pool, userId: string, conversationId: string): Promise<boolean> {
  const owned = 'SELECT 1 FROM messages WHERE subject_id = $1 AND conversation_id = $2 LIMIT 1'
  const { rows } = await pool.query(owned, [userId, conversationId])
  return rows.length > 0
}

const DELIVERIES_OF = {
  name: 'find-deliveries-of-messages',
  text: `
    SELECT ${DELIVERY_COLUMNS} FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id
    WHERE d.message_id = ANY($1::uuid[]) ORDER BY d.message_id, d.position`,
}

export async function withDeliveries(pool: Pool, messages: readonly MessageRecord[]): Promise<MessageRow[]> {
  if (messages.length === 0) return []
  const { rows } = await pool.query<DeliveryRecord>({
    ...DELIVERIES_OF,
    values: [messages.map((each) => each.message_id)],
  })
  return toMessageRows(messages, rows)
}
