/** A masked body, as JSON with every digit. */
export interface PayloadView {
  /** Of a long one the beginning only. */
  json: string
  /** Characters in all of it. */
  length: number
  isWhole: boolean
}

/** A message with which another may be compared. */
export interface Comparable {
  kind: 'parent' | 'edited-from' | 'edited' | 'previous' | 'last-good'
  messageId: string
  name: string
  occurredAt: string
  conversationId: string
}
