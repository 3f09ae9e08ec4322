import { useMemo } from 'react'
import type { ConversationAddress } from '../../model/timeline/address.ts'
import { tailOf } from '../../model/timeline/address.ts'
import { axisOf } from '../../model/timeline/axis.ts'
import { causeTreeOf } from '../../model/timeline/cause-tree.ts'
import { criticalPath } from '../../model/timeline/critical-path.ts'
import { partsOf } from '../../model/timeline/parts.ts'
import { idleFolds, timeScale } from '../../model/timeline/time-scale.ts'
import { boundsOf, type Timeline } from '../../model/timeline/timeline.ts'
import { treeRows } from '../../model/timeline/tree-rows.ts'

/** All that the views draw, each part computed again only when what it depends on has changed. */
export function useWaterfall(timeline: Timeline, address: ConversationAddress, now: number) {
  const { folded, hidden, errorsOnly, foldsIdle, showsPath, zoom } = address
  const tree = useMemo(() => causeTreeOf(timeline), [timeline])
  const rows = useMemo(
    () => treeRows(tree, { folded: { has: (id) => folded.has(tailOf(id)) }, hidden, errorsOnly }),
    [tree, folded, hidden, errorsOnly],
  )
  const scale = useMemo(() => {
    const bounds = boundsOf(timeline, now)
    return timeScale(bounds, foldsIdle ? idleFolds(bounds, activeIn(timeline, now)) : [])
  }, [timeline, now, foldsIdle])
  const axis = useMemo(() => axisOf(scale, zoom), [scale, zoom])
  const path = useMemo(
    () => new Map(showsPath ? criticalPath(tree).map((step) => [step.deliveryId, step]) : []),
    [tree, showsPath],
  )
  return { tree, rows, scale, axis, path }
}

function activeIn({ messages }: Timeline, now: number) {
  return messages.flatMap((message) => [
    { from: message.at, to: message.at },
    ...message.deliveries.flatMap((each) =>
      partsOf(message, each, now).filter(({ kind }) => kind === 'queued' || kind === 'handling'),
    ),
  ])
}
