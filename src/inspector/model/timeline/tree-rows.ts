import { isFailing } from '../failing.ts'
import type { CauseTree, TreeNode } from './cause-tree.ts'

/** What stands below a row that is folded, or that a filter took away. */
export interface Hidden {
  /** Messages and deliveries. */
  rows: number
  failing: number
}

export type TreeRow =
  | { kind: 'node'; id: string; node: TreeNode; hasChildren: boolean; isFolded: boolean; hidden: Hidden }
  /** In place of deliveries to handlers that the reader does not want to see. */
  | { kind: 'pruned'; id: string; level: number; count: number; hidden: Hidden }

export interface TreeChoice {
  /** By id. */
  folded: { has(id: string): boolean }
  /** Subscriptions that are not shown, nor what they sent. */
  hidden: ReadonlySet<string>
  /** Only what fails, and what leads there. */
  errorsOnly: boolean
}

/** The rows of the tree that are to be seen, in the order in which they are read. */
export function treeRows(tree: CauseTree, choice: TreeChoice): TreeRow[] {
  const rows: TreeRow[] = []
  for (let index = 0; index < tree.nodes.length; ) {
    const node = tree.nodes[index]!
    if (choice.errorsOnly && failingIn(tree, index, node.end) === 0) index = node.end
    else if (isPruned(node, choice)) {
      prune(rows, node, hiddenIn(tree, index, node.end))
      index = node.end
    } else {
      const isFolded = choice.folded.has(node.id)
      const hidden = isFolded ? hiddenIn(tree, index + 1, node.end) : NOTHING
      rows.push({ kind: 'node', id: node.id, node, hasChildren: node.end > index + 1, isFolded, hidden })
      index = isFolded ? node.end : index + 1
    }
  }
  return rows
}

const NOTHING: Hidden = { rows: 0, failing: 0 }

function isPruned(node: TreeNode, { hidden }: TreeChoice): boolean {
  return node.kind === 'delivery' && hidden.has(node.delivery.subscription)
}

/** Neighbours that are taken away share one row. */
function prune(rows: TreeRow[], { id, level }: TreeNode, hidden: Hidden): void {
  const last = rows.at(-1)
  if (last?.kind !== 'pruned' || last.level !== level) {
    rows.push({ kind: 'pruned', id: `pruned ${id}`, level, count: 1, hidden })
    return
  }
  last.count += 1
  last.hidden = { rows: last.hidden.rows + hidden.rows, failing: last.hidden.failing + hidden.failing }
}

function hiddenIn(tree: CauseTree, from: number, to: number): Hidden {
  return { rows: to - from, failing: failingIn(tree, from, to) }
}

function failingIn({ failingBefore }: CauseTree, from: number, to: number): number {
  return failingBefore[to]! - failingBefore[from]!
}

/** The nearest row in a direction that fails, or below which something does that is folded away. */
export function failureAfter(rows: readonly TreeRow[], index: number, step: 1 | -1): TreeRow | undefined {
  const from = index < 0 && step === -1 ? rows.length : index
  for (let at = from + step; at >= 0 && at < rows.length; at += step) if (isTroubled(rows[at]!)) return rows[at]
  return undefined
}

function isTroubled(row: TreeRow): boolean {
  if (row.hidden.failing > 0) return true
  return row.kind === 'node' && row.node.kind === 'delivery' && isFailing(row.node.delivery)
}

/** The row of what caused the one at an index. */
export function parentOf(rows: readonly TreeRow[], index: number): TreeRow | undefined {
  if (index < 0) return undefined
  const level = levelOf(rows[index]!)
  return rows.slice(0, index).findLast((each) => levelOf(each) < level)
}

export function levelOf(row: TreeRow): number {
  return row.kind === 'node' ? row.node.level : row.level
}
