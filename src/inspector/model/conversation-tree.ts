import type { MessageRow } from './view.ts'

/** A message with what it caused, as a row of the tree. */
export interface TreeRow {
  message: MessageRow
  depth: number
}

/**
 * The messages of a conversation in the order of a tree: each below its cause. A message whose cause is not there
 * stands at the top.
 */
export function conversationTree(messages: readonly MessageRow[]): TreeRow[] {
  const ids = new Set(messages.map((each) => each.messageId))
  const byCause = Map.groupBy(messages, ({ causationId }) => (causationId && ids.has(causationId) ? causationId : null))
  const rows: TreeRow[] = []
  const add = (message: MessageRow, depth: number) => {
    rows.push({ message, depth })
    for (const consequence of byCause.get(message.messageId) ?? []) add(consequence, depth + 1)
  }
  for (const root of byCause.get(null) ?? []) add(root, 0)
  return rows
}
