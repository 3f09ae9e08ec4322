import type { Pool } from 'pg'
import type { Clock } from '../../bus/index.ts'
import type { SampleView } from '../model/view.ts'
import { findConversation } from './messages.ts'

const FRESH_MS = 1_000
const ROOT = 'accounts.user-account-created'
const NEWEST = 'SELECT conversation_id FROM messages WHERE name = $1 ORDER BY occurred_at DESC, id DESC LIMIT 1'

/** The newest sign-up with names and states only, for everybody; read at most once a second for all viewers. */
export function createSampler(pool: Pool, clock: Clock): () => Promise<SampleView | null> {
  let readAt = 0
  let sample: Promise<SampleView | null> = Promise.resolve(null)
  return () => {
    const now = clock.now().getTime()
    if (now - readAt >= FRESH_MS) {
      readAt = now
      sample = readSample(pool)
    }
    return sample
  }
}

async function readSample(pool: Pool): Promise<SampleView | null> {
  const { rows } = await pool.query<{ conversation_id: string }>(NEWEST, [ROOT])
  const conversation = rows[0] ? await findConversation(pool, rows[0].conversation_id) : null
  if (!conversation) return null
  const { messages } = conversation
  return {
    at: messages.find((each) => each.name === ROOT)?.occurredAt ?? '',
    messages: messages.map(({ kind, name, deliveries }) => ({
      kind,
      name,
      deliveries: deliveries.map(({ deliveryId, subscription, state }) => ({
        subscription,
        state,
        emitted: messages.filter((each) => each.causationDeliveryId === deliveryId).map((each) => each.name),
      })),
    })),
  }
}
