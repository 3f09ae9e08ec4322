import type { MessageRow } from './view.ts'

/** Whether every word of the query is in the message's name, kind, ids, or a handler or state of its deliveries. */
export function matches(message: MessageRow, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const { name, kind, messageId, conversationId, deliveries } = message
  const text = [name, kind, messageId, conversationId, ...deliveries.flatMap((each) => [each.subscription, each.state])]
  const haystack = text.join(' ').toLowerCase()
  return words.every((word) => haystack.includes(word))
}
