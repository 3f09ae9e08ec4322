'use client'
import clsx from 'clsx'
import type { CSSProperties } from 'react'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { StateWord } from '../../../web/components/state-glyph.tsx'
import { type ComparedRow, tookMs } from '../../model/compare/align.ts'
import { formatMs } from '../../model/durations.ts'
import type { TreeNode } from '../../model/timeline/cause-tree.ts'
import { useWalkedGrid } from '../conversation/use-walked-grid.ts'
import { useLights } from '../follow/followed-key.ts'
import { lit } from '../follow/lit.ts'
import { useTitleOf } from '../use-title-of.ts'

const ROW_PX = 32
const DEEPEST = 16

interface Props {
  rows: readonly ComparedRow[]
  selected: string | null
  onSelect(id: string): void
}

/** The matched trees; only what is in view is drawn. */
export function ComparedRows({ rows, selected, onSelect }: Props) {
  const { grid, view } = useWalkedGrid(rows, { rowPx: ROW_PX, selected, onSelect, idAt: rowId })
  const titleOf = useTitleOf()
  return (
    <div
      {...grid}
      role="treegrid"
      aria-label="Comparison"
      className="min-h-80 flex-1 overflow-auto overscroll-contain rounded-md border border-line bg-raised"
    >
      <div role="row" aria-rowindex={1} className="compared-row compared-head text-xs text-muted">
        {['Message and handlers', 'A', 'B', 'How B differs'].map((word) => (
          <div key={word} role="columnheader">
            {word}
          </div>
        ))}
      </div>
      <div role="rowgroup" className="relative" style={{ height: rows.length * ROW_PX }}>
        {rows.slice(view.from, view.to).map((row, offset) => (
          <Row
            key={row.id}
            row={row}
            title={titleOf(row.name)}
            index={view.from + offset}
            isSelected={row.id === selected}
            onSelect={() => onSelect(row.id)}
          />
        ))}
      </div>
    </div>
  )
}

function rowId(index: number): string {
  return `compared-${index}`
}

interface RowProps {
  row: ComparedRow
  title: string
  index: number
  isSelected: boolean
  onSelect(): void
}

function Row({ row, title, index, isSelected, onSelect }: RowProps) {
  const { level, name, a, b, differences } = row
  const node = (a ?? b)!
  const lights = useLights()
  const isLit = [a, b].some((each) => each && lights?.message({ messageId: each.message.id }))
  const style = { top: index * ROW_PX, '--level': Math.min(level - 1, DEEPEST) } as CSSProperties
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keys
    <div
      role="row"
      id={rowId(index)}
      aria-level={level}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      {...lit(isLit)}
      onClick={onSelect}
      className="compared-row compared-body text-[0.8125rem]"
      style={style}
    >
      <div role="gridcell" className="compared-name flex items-center gap-1.5" title={title}>
        {node.kind === 'message' && <KindMark kind={node.message.kind} />}
        <span className={clsx('truncate', node.kind === 'message' && 'font-semibold')}>
          <DottedName name={name} isCut />
        </span>
      </div>
      <Cell node={a} />
      <Cell node={b} />
      <div role="gridcell" className="truncate" title={differences.join('; ')}>
        {differences.length > 0 ? (
          <>
            <span aria-hidden="true" className="mr-1.5 font-mono text-danger">
              ≠
            </span>
            {differences.join('; ')}
          </>
        ) : (
          <span className="text-muted">the same</span>
        )}
      </div>
    </div>
  )
}

function Cell({ node }: { node: TreeNode | null }) {
  const ms = node && tookMs(node)
  return (
    <div role="gridcell" className="flex items-center gap-2 truncate">
      {node === null && <span className="text-muted">–</span>}
      {node?.kind === 'message' && <span className="text-xs text-muted">version {node.message.version}</span>}
      {node?.kind === 'delivery' && <StateWord state={node.delivery.state} attempts={node.delivery.attempt} />}
      {ms !== null && <span className="font-mono text-xs text-muted">{formatMs(ms)}</span>}
    </div>
  )
}
