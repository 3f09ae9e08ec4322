'use client'
import { type ReactNode, useMemo } from 'react'
import { setTaste, useTaste } from '../../../web/taste.ts'
import { type ConversationAddress, tailOf } from '../../model/timeline/address.ts'
import { aftermathOf } from '../../model/timeline/aftermath.ts'
import type { Axis } from '../../model/timeline/axis.ts'
import { causeGraphOf } from '../../model/timeline/cause-graph.ts'
import type { CauseTree } from '../../model/timeline/cause-tree.ts'
import type { PathStep } from '../../model/timeline/critical-path.ts'
import { tableRows } from '../../model/timeline/delivery-table.ts'
import { sequenceOf } from '../../model/timeline/sequence.ts'
import type { Timeline } from '../../model/timeline/timeline.ts'
import type { TreeRow } from '../../model/timeline/tree-rows.ts'
import { Choice } from './choice.tsx'
import { GraphView } from './graph-view.tsx'
import { SequenceTools } from './sequence-tools.tsx'
import { SequenceView } from './sequence-view.tsx'
import { TableView } from './table-view.tsx'
import { Toolbar } from './toolbar.tsx'
import { TreeView } from './tree-view.tsx'
import type { ChangeAddress } from './use-address.ts'

interface Props {
  timeline: Timeline
  /** The rows of the tree that are shown. */
  rows: readonly TreeRow[]
  axis: Axis
  now: number
  /** Where the playhead is; null at the present. */
  time: number | null
  address: ConversationAddress
  change: ChangeAddress
}

interface TreeProps extends Props {
  tree: CauseTree
  path: ReadonlyMap<string, PathStep>
}

export function TreePanel({ tree, rows, axis, now, time, address, change, path }: TreeProps) {
  const aftermath = useMemo(() => aftermathOf(tree, now), [tree, now])
  const fold = (ids: readonly string[], isFolded: boolean) => {
    const tails = ids.map(tailOf)
    const others = [...address.folded].filter((each) => !tails.includes(each))
    change({ folded: new Set(isFolded ? [...others, ...tails] : others) })
  }
  return (
    <>
      <Toolbar address={address} axis={axis} change={change} />
      <Panel>
        <TreeView
          rows={rows}
          axis={axis}
          now={now}
          time={time}
          path={path}
          aftermath={aftermath}
          selected={address.selected}
          onSelect={(selected) => change({ selected })}
          onFold={fold}
          onHide={(subscription) => change({ hidden: new Set([...address.hidden, subscription]) })}
          onZoom={(zoom) => change({ zoom })}
        />
      </Panel>
    </>
  )
}

/** The sequence, from one step of its time to another, with its tools. */
export function SequencePanel({ timeline, axis, now, time, address, change }: Props) {
  const { lanes, hidden, errorsOnly } = address
  const window = useWindow(axis, address)
  const sequence = useMemo(
    () => sequenceOf(timeline, { lanes, hidden, errorsOnly, window }, now),
    [timeline, lanes, hidden, errorsOnly, window, now],
  )
  return (
    <>
      <Toolbar address={address} axis={axis} change={change}>
        <SequenceTools
          sequence={sequence}
          conversationId={timeline.conversationId}
          lanes={lanes}
          onLanes={(chosen) => change({ lanes: chosen })}
        />
      </Toolbar>
      <Panel>
        <SequenceView
          sequence={sequence}
          time={time}
          selected={address.selected}
          onSelect={(selected) => change({ selected })}
        />
      </Panel>
    </>
  )
}

export function GraphPanel({ rows, axis, time, address, change }: Props) {
  const graph = useMemo(() => causeGraphOf(rows), [rows])
  return (
    <>
      <Toolbar address={address} axis={axis} change={change} />
      <Panel>
        <GraphView
          graph={graph}
          time={time}
          selected={address.selected}
          onSelect={(selected) => change({ selected })}
        />
      </Panel>
    </>
  )
}

export function TablePanel({ timeline, axis, now, time, address, change }: Props) {
  const { hidden, errorsOnly } = address
  const window = useWindow(axis, address)
  const rows = useMemo(
    () => tableRows(timeline, { hidden, errorsOnly, window }),
    [timeline, hidden, errorsOnly, window],
  )
  return (
    <>
      <Toolbar address={address} axis={axis} change={change}>
        <SinceBefore />
      </Toolbar>
      <Panel>
        <TableView
          rows={rows}
          start={axis.scale.start}
          now={now}
          time={time}
          sort={address.sort}
          selected={address.selected}
          onSelect={(selected) => change({ selected })}
          onSort={(sort) => change({ sort })}
        />
      </Panel>
    </>
  )
}

/** How the times of rows are told, here and in the live list. */
function SinceBefore() {
  const isOn = useTaste().rowTimes === 'delta'
  return (
    <Choice isOn={isOn} onClick={() => setTaste({ rowTimes: isOn ? 'moment' : 'delta' })}>
      Since the row before
    </Choice>
  )
}

/** What a tab shows. */
function Panel({ children }: { children: ReactNode }) {
  return (
    <div role="tabpanel" id="conversation-view" aria-label="Conversation" className="flex min-h-80 flex-1 flex-col">
      {children}
    </div>
  )
}

/** The window that the minimap has chosen, as times. */
function useWindow({ scale }: Axis, { zoom }: ConversationAddress): readonly [number, number] | null {
  return useMemo(() => zoom && [scale.start + zoom[0], scale.start + zoom[1]], [scale.start, zoom])
}
