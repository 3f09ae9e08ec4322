'use client'
import { nextRowTimes, setTaste, useTaste } from '../../../web/taste.ts'
import { aroundName, type LiveColumn, titleOf } from '../../model/live-columns.ts'

/** What the columns of the live list are. */
export function HeadRow({ columns }: { columns: readonly LiveColumn[] }) {
  const [before, after] = aroundName(columns)
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="grid-row sticky top-0 z-[1] border-b border-l-[3px] border-line border-l-transparent bg-raised text-xs text-muted max-sm:hidden"
    >
      {before.map((column) => (
        <Head key={column} column={column} />
      ))}
      <div role="columnheader" title="Message" className="truncate">
        Message
      </div>
      {after.map((column) => (
        <Head key={column} column={column} />
      ))}
    </div>
  )
}

function Head({ column }: { column: LiveColumn }) {
  const title = titleOf(column)
  return (
    <div role="columnheader" title={title} className="truncate">
      {column === 'time' ? <TimeHead /> : title}
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
