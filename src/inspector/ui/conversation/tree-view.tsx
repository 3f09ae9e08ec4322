'use client'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { Aftermath } from '../../model/timeline/aftermath.ts'
import type { Axis } from '../../model/timeline/axis.ts'
import type { PathStep } from '../../model/timeline/critical-path.ts'
import type { TreeRow as Row } from '../../model/timeline/tree-rows.ts'
import { useTitleOf } from '../use-title-of.ts'
import { useOpenMessage } from './message-link.tsx'
import { TimeCursor } from './time-cursor.tsx'
import { treeMove } from './tree-keys.ts'
import { ROW_PX, TreeRow } from './tree-row.tsx'
import { useDivider } from './use-divider.tsx'
import { scrollToRow, useRowsInView } from './use-rows-in-view.ts'
import { useZoom } from './use-zoom.ts'

interface Props {
  rows: readonly Row[]
  axis: Axis
  now: number
  /** Where the playhead is; null at the present. */
  time: number | null
  path: ReadonlyMap<string, PathStep>
  /** How what each delivery set off went on after it. */
  aftermath: ReadonlyMap<string, Aftermath>
  selected: string | null
  onSelect(id: string): void
  onFold(ids: readonly string[], isFolded: boolean): void
  onHide(subscription: string): void
  onZoom(zoom: readonly [number, number] | null): void
}

/** Causes at the left, time at the right, one scroll. Only what is in view is drawn. */
export function TreeView(props: Props) {
  const { rows, axis, now, time, path, aftermath, selected, onSelect, onFold, onHide, onZoom } = props
  const scroller = useRef<HTMLDivElement>(null)
  const openMessage = useOpenMessage()
  const titleOf = useTitleOf()
  const view = useRowsInView(scroller, rows.length, ROW_PX)
  const divider = useDivider(scroller)
  useZoom(scroller, axis, onZoom)
  const index = selected === null ? -1 : rows.findIndex((each) => each.id === selected)
  const onKeyDown = (event: KeyboardEvent) => {
    const move = treeMove(event.key, rows, index)
    if (!move) return
    event.preventDefault()
    if (move.fold) onFold([move.fold.id], move.fold.isFolded)
    if (move.open) openMessage(move.open)
    if (move.to !== undefined) {
      const row = rows[move.to]
      if (row) onSelect(row.id)
      scrollToRow(scroller.current, move.to, ROW_PX)
    }
  }
  // Whoever comes by a link, or by a key, sees what it names.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes in above moves the row, not its reader
  useEffect(() => scrollToRow(scroller.current, index, ROW_PX), [selected])
  return (
    <div
      ref={scroller}
      role="treegrid"
      aria-label="Conversation"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={index >= view.from && index < view.to ? rowId(rows[index]!.id) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="waterfall min-h-80 flex-1 overflow-auto rounded-md border border-line bg-raised"
    >
      <div role="row" aria-rowindex={1} className="waterfall-head text-xs text-muted">
        <div role="columnheader">Message and handlers</div>
        <div role="columnheader">State</div>
        <div role="columnheader" className="waterfall-time">
          <TimeCursor scroller={scroller} axis={axis} time={time} />
        </div>
        {divider}
      </div>
      <div role="rowgroup" className="relative" style={{ height: rows.length * ROW_PX }}>
        {rows.slice(view.from, view.to).map((row, offset) => (
          <TreeRow
            key={row.id}
            id={rowId(row.id)}
            row={row}
            index={view.from + offset}
            axis={axis}
            now={now}
            time={time}
            step={path.get(row.id)}
            aftermath={aftermath.get(row.id)}
            titleOf={titleOf}
            isSelected={row.id === selected}
            onSelect={onSelect}
            onFold={onFold}
            onHide={onHide}
          />
        ))}
      </div>
    </div>
  )
}

function rowId(id: string): string {
  return `row-${id.replaceAll(' ', '-')}`
}
