/**
 * Two conversations side by side: below causes that match, what has the same type or handler matches in order, the
 * first with the first and the second with the second. What has no counterpart stands alone.
 */
import { formatMs } from '../durations.ts'
import type { CauseTree, TreeNode } from '../timeline/cause-tree.ts'
import { partsOf } from '../timeline/parts.ts'

export interface ComparedRow {
  id: string
  level: number
  name: string
  a: TreeNode | null
  b: TreeNode | null
  /** In what B differs from A, in words; empty where it does not. */
  differences: readonly string[]
}

/** Milliseconds that are worth a word, and how many times as long. */
const NOTICED_MS = 50
const NOTICED_FACTOR = 2

type Pair = readonly [a: number | null, b: number | null, level: number]

export function compareTrees(a: CauseTree, b: CauseTree): ComparedRow[] {
  const rows: ComparedRow[] = []
  const waiting: Pair[] = []
  const add = (left: readonly number[], right: readonly number[], level: number) => {
    for (const [one, other] of pair(a, b, left, right).reverse()) waiting.push([one, other, level])
  }
  add(topOf(a), topOf(b), 1)
  // A process that talks to itself is thousands deep: no recursion.
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [left, right, level] = next
    const [nodeA, nodeB] = [left === null ? null : a.nodes[left]!, right === null ? null : b.nodes[right]!]
    const node = (nodeA ?? nodeB)!
    rows.push({ id: node.id, level, name: nameOf(node), a: nodeA, b: nodeB, differences: differencesOf(nodeA, nodeB) })
    add(below(a, left), below(b, right), level + 1)
  }
  return rows
}

function topOf(tree: CauseTree): number[] {
  return siblings(tree, 0, tree.nodes.length)
}

/** What stands right below a node. */
function below(tree: CauseTree, index: number | null): number[] {
  return index === null ? [] : siblings(tree, index + 1, tree.nodes[index]!.end)
}

function siblings({ nodes }: CauseTree, from: number, to: number): number[] {
  const found: number[] = []
  for (let index = from; index < to; index = nodes[index]!.end) found.push(index)
  return found
}

function pair(a: CauseTree, b: CauseTree, left: readonly number[], right: readonly number[]) {
  const unpaired = Map.groupBy(right, (index) => keyOf(b.nodes[index]!))
  const pairs: [number | null, number | null][] = left.map((index) => [
    index,
    unpaired.get(keyOf(a.nodes[index]!))?.shift() ?? null,
  ])
  const extra = right.filter((index) => unpaired.get(keyOf(b.nodes[index]!))?.includes(index))
  return [...pairs, ...extra.map((index): [null, number] => [null, index])]
}

function keyOf(node: TreeNode): string {
  return `${node.kind} ${nameOf(node)}`
}

function nameOf(node: TreeNode): string {
  return node.kind === 'message' ? node.message.name : node.delivery.subscription
}

function differencesOf(a: TreeNode | null, b: TreeNode | null): string[] {
  if (!a) return ['only in B']
  if (!b) return ['only in A']
  if (a.kind === 'message' || b.kind === 'message') {
    return a.message.version === b.message.version ? [] : [`version ${b.message.version}, not ${a.message.version}`]
  }
  const [one, other] = [a.delivery, b.delivery]
  const words: string[] = []
  if (one.state !== other.state) words.push(`${other.state}, not ${one.state}`)
  if (one.attempt !== other.attempt) words.push(`${attempts(other.attempt)}, not ${one.attempt}`)
  const [tookA, tookB] = [tookMs(a), tookMs(b)]
  if (tookA !== null && tookB !== null && isNoticed(tookA, tookB)) {
    words.push(`${formatMs(Math.abs(tookB - tookA))} ${tookB > tookA ? 'slower' : 'faster'}`)
  }
  if (other.lastError && other.lastError !== one.lastError && other.state !== 'succeeded') words.push(other.lastError)
  return words
}

function attempts(count: number): string {
  return count === 1 ? 'one attempt' : `${count} attempts`
}

function isNoticed(a: number, b: number): boolean {
  const [short, long] = [Math.min(a, b), Math.max(a, b)]
  return long - short >= NOTICED_MS && long >= short * NOTICED_FACTOR
}

/** How long its handler worked on it, all attempts together; null while it is open, and where nothing was done. */
export function tookMs(node: TreeNode): number | null {
  if (node.kind === 'message' || node.delivery.settledAt === null || node.delivery.state === 'skipped') return null
  return partsOf(node.message, node.delivery, node.delivery.settledAt)
    .filter((part) => part.kind === 'handling')
    .reduce((sum, { from, to }) => sum + (to - from), 0)
}
