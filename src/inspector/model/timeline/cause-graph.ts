/**
 * Where the messages of a conversation lie when what one caused stands at its right: a message has one cause, so no
 * two lines cross. A cause stands in the middle of what it caused.
 */
import type { TimelineMessage } from './timeline.ts'
import type { TreeRow } from './tree-rows.ts'

export interface GraphNode {
  message: TimelineMessage
  /** Columns from the left, and rows from the top; a row may be half. */
  column: number
  row: number
  /** Index of the message that caused it. */
  parent: number | null
  /** Subscription of the handler that sent it. */
  by: string | null
  /** Indexes, from top to bottom. */
  children: number[]
  /** Rows that are folded away below it. */
  hidden: number
}

export interface CauseGraph {
  nodes: readonly GraphNode[]
  columns: number
  rows: number
}

/** From the rows of the tree: what is not shown there is not shown here. */
export function causeGraphOf(rows: readonly TreeRow[]): CauseGraph {
  const nodes: GraphNode[] = []
  /** At each level of the tree, where the way down from the top leads. */
  const way: { level: number; message: number; by: string | null }[] = []
  for (const row of rows) {
    if (row.kind === 'pruned') continue
    const { node, hidden } = row
    while ((way.at(-1)?.level ?? 0) >= node.level) way.pop()
    const above = way.at(-1)
    if (node.kind === 'delivery') {
      if (!above) continue
      nodes[above.message]!.hidden += hidden.rows
      way.push({ level: node.level, message: above.message, by: node.delivery.subscription })
      continue
    }
    const parent = above?.message ?? null
    if (parent !== null) nodes[parent]!.children.push(nodes.length)
    const column = parent === null ? 0 : nodes[parent]!.column + 1
    way.push({ level: node.level, message: nodes.length, by: null })
    nodes.push({
      message: node.message,
      column,
      row: 0,
      parent,
      by: above?.by ?? null,
      children: [],
      hidden: hidden.rows,
    })
  }
  const last = nodes.reduce((most, { column }) => Math.max(most, column), 0)
  return { nodes, columns: last + 1, rows: placeRows(nodes) }
}

/** Whoever caused nothing takes a row of its own; the others lie in the middle of their own. Returns how many rows. */
function placeRows(nodes: readonly GraphNode[]): number {
  let rows = 0
  for (const node of nodes) if (node.children.length === 0) node.row = rows++
  // What is caused comes after its cause.
  for (const node of nodes.toReversed()) {
    if (node.children.length === 0) continue
    node.row = (nodes[node.children[0]!]!.row + nodes[node.children.at(-1)!]!.row) / 2
  }
  return rows
}

/** Where an arrow key leads from a message; null for other keys. */
export function graphMove(key: string, { nodes }: CauseGraph, index: number): number | null {
  const node = nodes[index]
  if (!node) return key.startsWith('Arrow') ? 0 : null
  switch (key) {
    case 'ArrowRight':
      return node.children[0] ?? index
    case 'ArrowLeft':
      return node.parent ?? index
    case 'ArrowDown':
      return neighbour(nodes, index, 1)
    case 'ArrowUp':
      return neighbour(nodes, index, -1)
    default:
      return null
  }
}

/** The next one above or below in its column. */
function neighbour(nodes: readonly GraphNode[], index: number, direction: 1 | -1): number {
  const { column } = nodes[index]!
  for (let other = index + direction; nodes[other]; other += direction)
    if (nodes[other]!.column === column) return other
  return index
}
