import { parentOf, type TreeRow } from '../../model/timeline/tree-rows.ts'
import { listMove } from './list-keys.ts'

interface Move {
  /** Index of the row to go to. */
  to?: number
  fold?: { id: string; isFolded: boolean }
  /** Message to open. */
  open?: string
}

/** What a key does in the tree: the keys of any treegrid, and j and k. Null for every other key. */
export function treeMove(key: string, rows: readonly TreeRow[], index: number): Move | null {
  const row = rows[index]
  const to = listMove(key, rows.length, index)
  if (to !== null) return { to }
  switch (key) {
    case 'ArrowRight':
      return right(row, index)
    case 'ArrowLeft':
      return left(rows, row, index)
    case 'Enter':
      return row?.kind === 'node' ? { open: row.node.message.id } : null
    default:
      return null
  }
}

function right(row: TreeRow | undefined, index: number): Move | null {
  if (row?.kind !== 'node' || !row.hasChildren) return null
  return row.isFolded ? { fold: { id: row.id, isFolded: false } } : { to: index + 1 }
}

function left(rows: readonly TreeRow[], row: TreeRow | undefined, index: number): Move | null {
  if (!row) return null
  if (row.kind === 'node' && row.hasChildren && !row.isFolded) return { fold: { id: row.id, isFolded: true } }
  const above = parentOf(rows, index)
  return above ? { to: rows.indexOf(above) } : null
}
