'use client'
import { nextRowTimes, setTaste, useTaste } from '../../../web/taste.ts'
import { aroundName, type LiveColumn, titleOf } from '../../model/live-columns.ts'
import type { DurationOrder } from '../../model/live-order.ts'

interface Sorted {
  sort: DurationOrder | null
  onSort(sort: DurationOrder | null): void
}

/** What the columns of the live list are. */
export function HeadRow({ columns, ...sorted }: { columns: readonly LiveColumn[] } & Sorted) {
  const [before, after] = aroundName(columns)
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="grid-row sticky top-0 z-[1] border-b border-l-[3px] border-line border-l-transparent bg-raised text-xs text-muted max-sm:hidden"
    >
      {before.map((column) => (
        <Head key={column} column={column} {...sorted} />
      ))}
      <div role="columnheader" title="Message" className="truncate">
        Message
      </div>
      {after.map((column) => (
        <Head key={column} column={column} {...sorted} />
      ))}
    </div>
  )
}

const ARIA_SORTS = { slowest: 'descending', fastest: 'ascending' } as const

function Head({ column, sort, onSort }: { column: LiveColumn } & Sorted) {
  const title = titleOf(column)
  return (
    <div
      role="columnheader"
      title={title}
      aria-sort={column === 'took' && sort ? ARIA_SORTS[sort] : undefined}
      className="truncate"
    >
      {column === 'time' ? <TimeHead /> : column === 'took' ? <TookHead sort={sort} onSort={onSort} /> : title}
    </div>
  )
}

/** Times are written in another way with every press. */
function TimeHead() {
  const taste = useTaste()
  return (
    <button
      type="button"
      onClick={() => setTaste(nextRowTimes(taste))}
      title="Written in my zone, in UTC, as how long ago, or since the row before"
      className="underline-offset-4 hover:text-ink hover:underline"
    >
      {taste.rowTimes === 'delta' ? 'Since before' : 'Time'}
    </button>
  )
}

const NEXT_SORT = { slowest: 'fastest', fastest: null } as const

/** The slowest first, the fastest first, and in the order of time again. */
function TookHead({ sort, onSort }: Sorted) {
  return (
    <button
      type="button"
      onClick={() => onSort(sort === null ? 'slowest' : NEXT_SORT[sort])}
      title="Sorted by it, the list holds still"
      className="underline-offset-4 hover:text-ink hover:underline"
    >
      Took {sort && <span aria-hidden="true">{sort === 'slowest' ? '↓' : '↑'}</span>}
    </button>
  )
}
