'use client'
import clsx from 'clsx'
import Link from 'next/link'
import { memo, useState } from 'react'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { Moment } from '../../../web/components/moment.tsx'
import { formatMs, onLogScale, totalMs } from '../../model/durations.ts'
import { aroundName, isPayload, type LiveColumn, type PayloadColumn } from '../../model/live-columns.ts'
import { clauseOf } from '../../model/narrowing.ts'
import { MASK } from '../../model/payload/mask.ts'
import { rollUp } from '../../model/roll-up.ts'
import { cutMiddle } from '../../model/timeline/sequence-drawing.ts'
import type { DeliveryView, MessageRow } from '../../model/view.ts'
import { DeliveryPips } from '../delivery-pips.tsx'
import { lit } from '../follow/lit.ts'
import { ConversationTag } from './conversation-tag.tsx'
import { useNarrow } from './narrow.ts'

interface Props {
  message: MessageRow
  /** Its place from the top. */
  slot: number
  height: number
  /** Whether there is room for the words of an error. */
  isRoomy: boolean
  columns: readonly LiveColumn[]
  /** Of the payload, for the columns that show some of it; undefined while they are not known. */
  values: readonly (string | null)[] | undefined
  /** About what is followed. */
  isLit: boolean | undefined
  /** Of the same conversation as the row one looks at. */
  isKin: boolean
  /** Of another one, while one points at the tag of a conversation. */
  isDimmed: boolean
  isCurrent: boolean
  isMarked: boolean
  /** It is to be shown at the side. */
  onOpen(messageId: string): void
  onLook(conversationId: string): void
  /** It has the focus now. */
  onReach(messageId: string): void
}

const FRESH_MS = 2_000

const EDGES = { dead: 'border-l-state-dead', retrying: 'border-l-state-retrying' } as const

/** One message in the live list. When it only moves, nothing in it is drawn again. */
export function MessageGridRow(props: Props) {
  const {
    message,
    slot,
    height,
    columns,
    values,
    isRoomy,
    isLit,
    isKin,
    isDimmed,
    isCurrent,
    isMarked,
    onOpen,
    onLook,
    onReach,
  } = props
  const worst = rollUp(message.deliveries.map((each) => each.state))
  const narrow = useNarrow()
  // Only what has just come lights up, not what is scrolled into view.
  const [isFresh] = useState(() => Date.now() - Date.parse(message.occurredAt) < FRESH_MS)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys have `o`
    <div
      role="row"
      {...lit(isLit)}
      aria-rowindex={slot + 2}
      aria-selected={isMarked}
      aria-current={isCurrent || undefined}
      onPointerEnter={() => onLook(message.conversationId)}
      onClick={(event) => {
        const { target } = event
        if (!(target instanceof Element)) return
        const pointed = target.closest<HTMLElement>('[data-clause]')
        if (narrow && pointed && (event.altKey || pointed.tagName === 'BUTTON')) {
          event.preventDefault()
          narrow.by(`${event.altKey ? '-' : ''}${pointed.dataset.clause}`)
          // Its links go where they say.
        } else if (!target.closest('a, button')) onOpen(message.messageId)
      }}
      className={clsx(
        'grid-row absolute inset-x-0 top-0 border-b border-l-[3px] border-b-line focus-within:bg-tint hover:bg-tint',
        isFresh && 'arrived',
        isDimmed && 'opacity-60',
        (isKin || isCurrent) && 'bg-tint',
        isMarked && 'bg-[color-mix(in_srgb,var(--accent)_14%,var(--raised))]!',
        worst === 'dead' || worst === 'retrying' ? EDGES[worst] : 'border-l-transparent',
      )}
      style={{ transform: `translateY(${slot * height}px)`, height }}
    >
      <Cells message={message} columns={columns} values={values} isRoomy={isRoomy} onReach={onReach} />
    </div>
  )
}

type CellsProps = Pick<Props, 'message' | 'columns' | 'values' | 'isRoomy' | 'onReach'>

const Cells = memo(function Cells({ message, columns, values, isRoomy, onReach }: CellsProps) {
  const { messageId, kind, name, deliveries } = message
  const worst = rollUp(deliveries.map((each) => each.state))
  const isTrouble = worst === 'dead' || worst === 'retrying'
  const [before, after] = aroundName(columns)
  const payloads = columns.filter(isPayload)
  const cell = (column: LiveColumn) => (
    <Cell key={column} column={column} message={message} value={values?.[payloads.indexOf(column as PayloadColumn)]} />
  )
  return (
    <>
      {before.map(cell)}
      <div role="gridcell" className="grid-row-name flex min-w-0 items-center gap-2">
        <KindMark kind={kind} />
        <Link
          href={`/inspector/m/${messageId}`}
          prefetch={false}
          data-row-link={messageId}
          data-clause={clauseOf('type', name)}
          onFocus={() => onReach(messageId)}
          title={`${name} (Alt-click leaves the type out)`}
          className="min-w-0 truncate text-sm font-semibold underline-offset-4 hover:underline"
        >
          <DottedName name={name} />
        </Link>
        {isTrouble && isRoomy && <Excerpt delivery={deliveries.find((each) => each.state === worst)} />}
      </div>
      {after.map(cell)}
    </>
  )
})

interface CellProps {
  column: LiveColumn
  message: MessageRow
  /** Undefined while it is not known. */
  value: string | null | undefined
}

function Cell({ column, message, value }: CellProps) {
  switch (column) {
    case 'time':
      return (
        <div role="gridcell" className="grid-row-fits text-xs text-muted">
          <Moment iso={message.occurredAt} />
        </div>
      )
    case 'key':
      return (
        <div role="gridcell" className="min-w-0">
          {message.key && <Pointed field="key" value={message.key} isPill />}
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
          <Took ms={totalMs(message)} isOpen={message.deliveries.some((each) => each.settledAt === null)} />
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

/** A value that is filtered by when it is pressed, and left out with Alt. */
function Pointed({ field, value, isPill = false }: { field: string; value: string; isPill?: boolean }) {
  const isMasked = value === MASK
  return (
    <button
      type="button"
      tabIndex={-1}
      disabled={isMasked}
      data-clause={clauseOf(field, value)}
      title={isMasked ? 'masked' : `${value} (filter by it; Alt-click leaves it out)`}
      className={clsx(
        'max-w-full truncate text-left font-mono text-xs text-muted enabled:hover:text-ink',
        isPill ? 'rounded border border-line px-1.5 leading-5' : 'enabled:hover:underline',
      )}
    >
      {/* Of an id its end tells it from others. */}
      {cutMiddle(value, LONGEST_VALUE)}
    </button>
  )
}

/** The first words of what went wrong, where there is room for them. */
function Excerpt({ delivery }: { delivery: DeliveryView | undefined }) {
  if (!delivery?.lastError) return null
  return (
    <span title={delivery.lastError} className="min-w-24 flex-1 truncate text-xs text-muted max-lg:hidden">
      <ForeignText text={delivery.lastError} />
    </span>
  )
}

/** How long all of it took, also as a bar on a scale where each fifth is ten times as long. */
function Took({ ms, isOpen }: { ms: number | null; isOpen: boolean }) {
  if (ms === null) return <span className="text-xs text-muted">{isOpen ? 'open' : '–'}</span>
  return (
    <span className="flex items-center gap-2 font-mono text-xs text-muted">
      <span aria-hidden="true" className="h-1.5 w-12 rounded-[1px] bg-tint max-sm:hidden">
        <span className="block h-full rounded-[1px] bg-field" style={{ width: `${onLogScale(ms) * 100}%` }} />
      </span>
      {formatMs(ms)}
    </span>
  )
}
