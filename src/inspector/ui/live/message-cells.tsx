import clsx from 'clsx'
import { memo } from 'react'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { Link } from '../../../web/components/link.tsx'
import type { CellValue } from '../../model/column-values.ts'
import { worstFailing } from '../../model/failing.ts'
import { aroundName, isPayload, type LiveColumn, type PayloadColumn } from '../../model/live-columns.ts'
import { clauseOf } from '../../model/narrowing.ts'
import { MASK } from '../../model/payload/mask.ts'
import { cutMiddle } from '../../model/timeline/sequence-drawing.ts'
import type { DeliveryView, MessageRow } from '../../model/view.ts'
import { DeliveryPips } from '../delivery-pips.tsx'
import { RowTime } from '../row-time.tsx'
import { useCopy } from '../use-copy.ts'
import { ConversationTag } from './conversation-tag.tsx'
import { Took } from './took.tsx'

interface Props {
  message: MessageRow
  /** Of its type, and what that says. */
  title: string
  /** Milliseconds since the message before; null where that is not known. */
  sinceBefore: number | null
  /** How long messages of its type usually take at most; undefined where that is not known. */
  usualMs: number | undefined
  columns: readonly LiveColumn[]
  /** Of the payload, for the columns that show some of it; undefined while they are not known. */
  values: readonly (CellValue | null)[] | undefined
  /** Whether there is room for the words of an error. */
  isRoomy: boolean
  isMarked: boolean
  /** It has the focus now. */
  onReach(messageId: string): void
}

/** What a row of the live list shows of its message. */
export const MessageCells = memo(function MessageCells(props: Props) {
  const { message, title, sinceBefore, usualMs, columns, values, isRoomy, isMarked, onReach } = props
  const { messageId, kind, name, deliveries } = message
  const failing = worstFailing(deliveries)
  const [before, after] = aroundName(columns)
  const payloads = columns.filter(isPayload)
  const cell = (column: LiveColumn) => (
    <Cell
      key={column}
      column={column}
      message={message}
      sinceBefore={sinceBefore}
      usualMs={usualMs}
      value={values?.[payloads.indexOf(column as PayloadColumn)]}
    />
  )
  return (
    <>
      {before.map(cell)}
      <div role="gridcell" className="grid-row-name flex min-w-0 items-center gap-2">
        {/* In the margin of the row, for who points; keys have `x`. */}
        <input
          type="checkbox"
          data-mark
          tabIndex={-1}
          checked={isMarked}
          onChange={heardByRow}
          aria-label={`Mark ${name}`}
          className="absolute left-0 size-3 accent-(--accent) opacity-0 group-hover:opacity-100 checked:opacity-100 max-sm:hidden"
        />
        <button
          type="button"
          tabIndex={-1}
          data-clause={clauseOf('type', name)}
          title={`${kind}: filter by its type (Alt-click leaves the type out)`}
          className="rounded-sm hover:bg-line"
        >
          <KindMark kind={kind} />
        </button>
        <Link
          href={`/inspector/m/${messageId}`}
          prefetch={false}
          data-row-link={messageId}
          data-clause={clauseOf('type', name)}
          onFocus={() => onReach(messageId)}
          title={`${title}\nAlt-click leaves the type out.`}
          className="min-w-0 truncate text-sm font-semibold underline-offset-4 hover:underline"
        >
          <DottedName name={name} isCut />
        </Link>
        {failing && isRoomy && <Excerpt delivery={failing} />}
      </div>
      {after.map(cell)}
    </>
  )
})

/** The row hears all clicks in it: nothing of it is made anew for this one. */
const heardByRow = () => {}

interface CellProps {
  column: LiveColumn
  message: MessageRow
  sinceBefore: number | null
  usualMs: number | undefined
  /** Undefined while it is not known. */
  value: CellValue | null | undefined
}

function Cell({ column, message, sinceBefore, usualMs, value }: CellProps) {
  const copy = useCopy()
  switch (column) {
    case 'time':
      return (
        <div role="gridcell" className="grid-row-fits text-xs text-muted">
          <button
            type="button"
            tabIndex={-1}
            onClick={() => void copy(message.occurredAt, 'The time is copied')}
            className="hover:text-ink"
          >
            <RowTime iso={message.occurredAt} sinceBefore={sinceBefore} />
          </button>
        </div>
      )
    case 'key':
      return (
        <div role="gridcell" className="min-w-0">
          {message.key && <Pointed field="key" value={{ text: message.key, filter: message.key }} isPill />}
        </div>
      )
    case 'deliveries':
      return (
        <div role="gridcell" className="grid-row-fits">
          <DeliveryPips deliveries={message.deliveries} hasCards />
        </div>
      )
    case 'took':
      return (
        <div role="gridcell" className="grid-row-fits">
          <Took message={message} usualMs={usualMs} />
        </div>
      )
    case 'conversation':
      return (
        <div role="gridcell" className="font-mono text-xs">
          <ConversationTag conversationId={message.conversationId} />
        </div>
      )
    default:
      return (
        <div role="gridcell" className="min-w-0">
          {value === undefined ? (
            <span className="text-xs text-muted">…</span>
          ) : (
            value !== null && <Pointed field={column} value={value} />
          )}
        </div>
      )
  }
}

const LONGEST_VALUE = 22

/** A value that is filtered by when it is pressed, and left out with Alt; where a filter can find it. */
function Pointed({ field, value, isPill = false }: { field: string; value: CellValue; isPill?: boolean }) {
  const { text, filter } = value
  const isMasked = text === MASK && filter === null
  const title = filter === null ? text : `${text} (filter by it; Alt-click leaves it out)`
  return (
    <button
      type="button"
      tabIndex={-1}
      disabled={filter === null}
      data-clause={filter === null ? undefined : clauseOf(field, filter)}
      title={isMasked ? 'masked' : title}
      className={clsx(
        'max-w-full truncate text-left font-mono text-xs text-muted enabled:hover:text-ink',
        isPill ? 'rounded border border-line px-1.5 leading-5' : 'enabled:hover:underline',
      )}
    >
      {/* Of an id its end tells it from others. */}
      {cutMiddle(text, LONGEST_VALUE)}
    </button>
  )
}

/** The first words of what went wrong, where there is room for them. */
function Excerpt({ delivery }: { delivery: DeliveryView }) {
  if (!delivery.lastError) return null
  return (
    <span title={delivery.lastError} className="min-w-24 flex-1 truncate text-xs text-muted max-lg:hidden">
      <ForeignText text={delivery.lastError} />
    </span>
  )
}
