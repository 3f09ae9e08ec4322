'use client'
import clsx from 'clsx'
import Link from 'next/link'
import { memo, useState } from 'react'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { Moment } from '../../../web/components/moment.tsx'
import { formatMs, onLogScale, totalMs } from '../../model/durations.ts'
import { rollUp } from '../../model/roll-up.ts'
import type { DeliveryView, MessageRow } from '../../model/view.ts'
import { DeliveryPips } from '../delivery-pips.tsx'
import { ConversationTag } from './conversation-tag.tsx'

interface Props {
  message: MessageRow
  /** Its place from the top. */
  slot: number
  height: number
  /** Whether there is room for the words of an error. */
  isRoomy: boolean
  /** Of the same conversation as the row one looks at. */
  isKin: boolean
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
  const { message, slot, height, isRoomy, isKin, isCurrent, isMarked, onOpen, onLook, onReach } = props
  const worst = rollUp(message.deliveries.map((each) => each.state))
  // Only what has just come lights up, not what is scrolled into view.
  const [isFresh] = useState(() => Date.now() - Date.parse(message.occurredAt) < FRESH_MS)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys have `o`
    <div
      role="row"
      aria-rowindex={slot + 2}
      aria-selected={isMarked}
      aria-current={isCurrent || undefined}
      onPointerEnter={() => onLook(message.conversationId)}
      onClick={({ target }) => {
        // Its links go where they say.
        if (target instanceof Element && !target.closest('a, button')) onOpen(message.messageId)
      }}
      className={clsx(
        'grid-row absolute inset-x-0 top-0 border-b border-l-[3px] border-b-line focus-within:bg-tint hover:bg-tint',
        isFresh && 'arrived',
        (isKin || isCurrent) && 'bg-tint',
        isMarked && 'bg-[color-mix(in_srgb,var(--accent)_14%,var(--raised))]!',
        worst === 'dead' || worst === 'retrying' ? EDGES[worst] : 'border-l-transparent',
      )}
      style={{ transform: `translateY(${slot * height}px)`, height }}
    >
      <Cells message={message} isRoomy={isRoomy} onReach={onReach} />
    </div>
  )
}

const Cells = memo(function Cells({ message, isRoomy, onReach }: Pick<Props, 'message' | 'isRoomy' | 'onReach'>) {
  const { messageId, conversationId, kind, name, occurredAt, deliveries } = message
  const worst = rollUp(deliveries.map((each) => each.state))
  const isTrouble = worst === 'dead' || worst === 'retrying'
  return (
    <>
      <div role="gridcell" className="text-xs text-muted">
        <Moment iso={occurredAt} />
      </div>
      <div role="gridcell" className="grid-row-name flex min-w-0 items-center gap-2">
        <KindMark kind={kind} />
        <Link
          href={`/inspector/m/${messageId}`}
          prefetch={false}
          data-row-link={messageId}
          onFocus={() => onReach(messageId)}
          title={name}
          className="min-w-0 truncate text-sm font-semibold underline-offset-4 hover:underline"
        >
          <DottedName name={name} />
        </Link>
        {isTrouble && isRoomy && <Excerpt delivery={deliveries.find((each) => each.state === worst)} />}
      </div>
      <div role="gridcell">
        <DeliveryPips deliveries={deliveries} />
      </div>
      <div role="gridcell">
        <Took ms={totalMs(message)} isOpen={deliveries.some((each) => each.settledAt === null)} />
      </div>
      <div role="gridcell" className="grid-row-tag font-mono text-xs">
        <ConversationTag conversationId={conversationId} />
      </div>
    </>
  )
})

/** The first words of what went wrong, where there is room for them. */
function Excerpt({ delivery }: { delivery: DeliveryView | undefined }) {
  if (!delivery?.lastError) return null
  return (
    <span title={delivery.lastError} className="min-w-24 flex-1 truncate text-xs text-muted max-lg:hidden">
      {delivery.lastError}
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
