import type { CauseTree } from './cause-tree.ts'
import { endOf } from './timeline.ts'

/** From the end of a delivery to the end of the last that it set off. */
export interface Aftermath {
  from: number
  to: number
}

/** Of each delivery that was settled before all that it set off: how that went on. What runs goes on until `now`. */
export function aftermathOf({ nodes }: CauseTree, now: number): ReadonlyMap<string, Aftermath> {
  const after = new Map<string, Aftermath>()
  /** Of what lies behind in the order of reading: the end of what is below each of those above. */
  const ends: number[] = []
  for (const node of nodes.toReversed()) {
    const below = ends[node.level + 1] ?? Number.NEGATIVE_INFINITY
    ends[node.level + 1] = Number.NEGATIVE_INFINITY
    const own = node.kind === 'message' ? node.message.at : endOf(node.delivery, now)
    ends[node.level] = Math.max(ends[node.level] ?? Number.NEGATIVE_INFINITY, own, below)
    if (node.kind === 'delivery' && Number.isFinite(own) && below > own) after.set(node.id, { from: own, to: below })
  }
  return after
}
