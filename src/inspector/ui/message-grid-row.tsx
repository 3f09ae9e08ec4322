'use client'
import clsx from 'clsx'
import Link from 'next/link'
import { memo, useState } from 'react'
import { KindMark } from '../../web/components/kind-mark.tsx'
import { Moment } from '../../web/components/moment.tsx'
import { formatMs, totalMs } from '../model/durations.ts'
import type { MessageRow } from '../model/view.ts'
import { DeliveryPips } from './delivery-pips.tsx'

interface Props {
  message: MessageRow
  index: number
  top: number
  height: number
}

const FRESH_MS = 2_000

/** One message in the live list. Only what changed is drawn again. */
export const MessageGridRow = memo(function MessageGridRow({ message, index, top, height }: Props) {
  const { messageId, conversationId, kind, name, occurredAt, deliveries } = message
  const isDead = deliveries.some((each) => each.state === 'dead')
  const took = totalMs(message)
  // Only what has just come lights up, not what is scrolled into view.
  const [isFresh] = useState(() => Date.now() - Date.parse(occurredAt) < FRESH_MS)
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={clsx(
        'grid-row absolute inset-x-0 border-b border-l-2 border-b-line hover:bg-tint',
        isFresh && 'arrived',
        isDead ? 'border-l-state-dead' : 'border-l-transparent',
      )}
      style={{ top, height }}
    >
      <div role="gridcell" className="text-xs text-muted">
        <Moment iso={occurredAt} />
      </div>
      <div role="gridcell" className="flex min-w-0 items-center gap-2">
        <KindMark kind={kind} />
        <Link
          href={`/inspector/m/${messageId}`}
          prefetch={false}
          data-row-link
          title={name}
          className="min-w-0 truncate text-sm font-medium underline-offset-4 hover:underline"
        >
          {name}
        </Link>
      </div>
      <div role="gridcell">
        <DeliveryPips deliveries={deliveries} />
      </div>
      <div role="gridcell" className="font-mono text-xs text-muted max-sm:hidden">
        {took === null ? '–' : formatMs(took)}
      </div>
      <div role="gridcell" className="font-mono text-xs max-sm:hidden">
        <Link
          href={`/inspector/c/${conversationId}`}
          prefetch={false}
          title={conversationId}
          className="text-muted underline-offset-4 hover:text-ink hover:underline"
        >
          {conversationId.slice(-6)}
        </Link>
      </div>
    </div>
  )
})
