import { drawRandom } from './random-pool.ts'

/** A message with its metadata, as it is stored. `body` is JSON; secret fields are sealed in it. */
export interface Envelope {
  messageId: string
  kind: 'command' | 'event'
  name: string
  version: number
  body: unknown
  /** Shared by everything that one request set off. */
  conversationId: string
  /** The message whose handler sent this one, or null for the first of a conversation. */
  causationId: string | null
  /** The delivery whose handler sent this one, or null for the first of a conversation. */
  causationDeliveryId: string | null
  /** Id of the person the message is about. */
  subjectId: string | null
  idempotencyKey: string | null
  /** Subscriptions that keep order handle messages of one key one after the other. */
  key: string | null
  occurredAt: Date
  /** Not handled before. */
  dueAt: Date
  /** Not handled after, or null when it never gets stale. */
  expiresAt: Date | null
}

const ID_BYTES = 16

/** A UUID of version 7: unique, and ordered by time to the millisecond, so that index pages stay dense. */
export function newId(now = Date.now()): string {
  const bytes = drawRandom(ID_BYTES)
  bytes.writeUIntBE(now, 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
