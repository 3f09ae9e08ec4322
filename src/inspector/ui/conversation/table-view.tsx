'use client'
import { useMemo } from 'react'
import { useTaste } from '../../../web/taste.ts'
import { COLUMNS, type Column, type TableRow as Row, type Sort, sortRows } from '../../model/timeline/delivery-table.ts'
import { useTitleOf } from '../use-title-of.ts'
import { TABLE_ROW_PX, TableRow } from './table-row.tsx'
import { useWalkedGrid } from './use-walked-grid.ts'

interface Props {
  rows: readonly Row[]
  start: number
  now: number
  /** Where the playhead is; null at the present. */
  time: number | null
  sort: Sort | null
  selected: string | null
  onSelect(id: string): void
  onSort(sort: Sort | null): void
}

const WORDS: Record<Column, string> = {
  message: 'Message',
  handler: 'Handler',
  state: 'State',
  attempts: 'Attempts',
  sent: 'Sent',
  waited: 'Waited',
  took: 'Took',
  error: 'Why',
}

/** Every delivery in words and numbers: all that the other views draw. */
export function TableView({ rows: unsorted, start, now, time, sort, selected, onSelect, onSort }: Props) {
  const rows = useMemo(() => sortRows(unsorted, sort, now), [unsorted, sort, now])
  const titleOf = useTitleOf()
  const idAt = (index: number) => rowId(rows[index]!)
  const { grid, view } = useWalkedGrid(rows, { rowPx: TABLE_ROW_PX, selected, onSelect, idAt })
  return (
    <div
      {...grid}
      role="grid"
      aria-label="Deliveries"
      className="min-h-80 flex-1 overflow-auto overscroll-contain rounded-md border border-line bg-raised"
    >
      <div role="row" aria-rowindex={1} className="delivery-table-row delivery-table-head text-xs text-muted">
        {COLUMNS.map((column) => (
          <Head key={column} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      <div role="rowgroup" className="relative" style={{ height: rows.length * TABLE_ROW_PX }}>
        {rows.slice(view.from, view.to).map((row, offset) => (
          <TableRow
            key={row.id}
            id={rowId(row)}
            row={row}
            title={titleOf(row.message.name)}
            index={view.from + offset}
            since={rows[view.from + offset - 1]?.message.at ?? null}
            start={start}
            now={now}
            time={time}
            isSelected={row.id === selected}
            onSelect={onSelect}
          />
        ))}
      </div>
      {rows.length === 0 && <p className="p-4 text-sm text-muted">No delivery is like that.</p>}
    </div>
  )
}

function rowId({ id }: Row): string {
  return `delivery-${id}`
}

/** One click sorts, the next turns it round, the third brings back the order of sending. */
function Head({ column, sort, onSort }: { column: Column; sort: Sort | null; onSort(sort: Sort | null): void }) {
  const isSince = useTaste().rowTimes === 'delta' && column === 'sent'
  const isSorted = sort?.column === column
  const next = !isSorted ? { column, isDescending: false } : sort.isDescending ? null : { column, isDescending: true }
  return (
    <div role="columnheader" aria-sort={!isSorted ? 'none' : sort.isDescending ? 'descending' : 'ascending'}>
      <button type="button" onClick={() => onSort(next)} className="rounded hover:text-ink">
        {isSince ? 'Since before' : WORDS[column]}
        <span aria-hidden="true" className="ml-1">
          {isSorted ? (sort.isDescending ? '↓' : '↑') : ''}
        </span>
      </button>
    </div>
  )
}
