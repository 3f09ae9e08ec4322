'use client'
import Link from 'next/link'
import { type CSSProperties, useState } from 'react'
import { DottedName } from '../../web/components/dotted-name.tsx'
import { KindMark } from '../../web/components/kind-mark.tsx'
import { StateWord } from '../../web/components/state-glyph.tsx'
import { conversationTree, type TreeRow } from '../model/conversation-tree.ts'
import { axisOf, barsOf, formatMs } from '../model/durations.ts'
import type { ConversationView, DeliveryView } from '../model/view.ts'
import { DeliveryBar } from './delivery-bar.tsx'
import { InspectorPage } from './inspector-page.tsx'
import { useFeed } from './use-feed.ts'
import { useNow } from './use-now.ts'

type Axis = ReturnType<typeof axisOf>

/** Everything that one request set off: a tree of messages and their deliveries, beside their bars in time. */
export function ConversationPage({ initial }: { initial: ConversationView }) {
  const { conversationId, truncated } = initial
  const { messages, connection } = useFeed({ room: 'conversation', conversationId }, initial.messages)
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const isOpen = messages.some((each) => each.deliveries.some((one) => one.settledAt === null))
  const now = useNow(isOpen) ?? Date.parse(messages.at(-1)?.occurredAt ?? '')
  const axis = axisOf(messages, now)
  const fold = (id: string) =>
    setFolded((known) => (known.has(id) ? new Set([...known].filter((each) => each !== id)) : new Set([...known, id])))
  return (
    <InspectorPage trail={[['Live', '/inspector/live']]} connection={connection}>
      <div className="mb-5 flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-2xl font-semibold tracking-tight">Conversation</h1>
        <span className="font-mono text-xs break-all text-muted">{conversationId}</span>
        <p className="w-full text-sm text-muted">
          {messages.length === 1 ? 'One message' : `${messages.length} messages`}{' '}
          {isOpen ? 'so far, open for' : 'settled in'} {formatMs(axis.spanMs)}
        </p>
      </div>
      {truncated && <p className="mb-3 text-sm">Only the first {initial.messages.length} messages are shown.</p>}
      <div
        role="treegrid"
        aria-label="Conversation"
        className="divide-y divide-line overflow-hidden rounded-md border border-line bg-raised"
      >
        <div role="row" className="tree-row text-xs text-muted">
          <div role="columnheader">Message and handlers</div>
          <div role="columnheader">State</div>
          <div role="columnheader" className="flex justify-between font-mono max-sm:hidden">
            <span>0</span>
            <span>{formatMs(axis.spanMs)}</span>
          </div>
        </div>
        {conversationTree(messages).map((row) => (
          <MessageRows
            key={row.message.messageId}
            row={row}
            axis={axis}
            isFolded={folded.has(row.message.messageId)}
            onFold={fold}
          />
        ))}
      </div>
    </InspectorPage>
  )
}

interface MessageRowsProps {
  row: TreeRow
  axis: Axis
  isFolded: boolean
  onFold(messageId: string): void
}

function MessageRows({ row: { message, depth }, axis, isFolded, onFold }: MessageRowsProps) {
  const { messageId, kind, name, deliveries, occurredAt } = message
  const failed = deliveries.filter((each) => each.state === 'dead').length
  return (
    <>
      <div
        role="row"
        aria-level={depth * 2 + 1}
        aria-expanded={deliveries.length > 0 ? !isFolded : undefined}
        className="tree-row hover:bg-tint"
      >
        <div role="gridcell" className="tree-cell flex items-center gap-2" style={level(depth * 2)}>
          <button
            type="button"
            onClick={() => onFold(messageId)}
            aria-label={isFolded ? `Unfold ${name}` : `Fold ${name}`}
            className="grid size-6 shrink-0 place-items-center rounded text-muted hover:bg-tint"
          >
            <span aria-hidden="true" className={isFolded ? '' : 'rotate-90'}>
              ›
            </span>
          </button>
          <KindMark kind={kind} />
          <Link
            href={`/inspector/m/${messageId}`}
            title={name}
            className="min-w-0 truncate text-sm font-semibold underline-offset-4 hover:underline"
          >
            <DottedName name={name} />
          </Link>
        </div>
        <div role="gridcell" className="text-sm text-muted">
          {isFolded && `${deliveries.length} hidden${failed > 0 ? `, ${failed} dead` : ''}`}
        </div>
        <div role="gridcell" className="relative h-4 font-mono text-xs leading-4 text-muted max-sm:hidden">
          <Offset ms={Date.parse(occurredAt) - axis.start} spanMs={axis.spanMs} />
        </div>
      </div>
      {!isFolded &&
        deliveries.map((each) => (
          <DeliveryRow key={each.deliveryId} delivery={each} depth={depth} occurredAt={occurredAt} axis={axis} />
        ))}
    </>
  )
}

function DeliveryRow({
  delivery,
  depth,
  occurredAt,
  axis,
}: {
  delivery: DeliveryView
  depth: number
  occurredAt: string
  axis: Axis
}) {
  const { waiting, handling } = barsOf(delivery, occurredAt, axis)
  return (
    <div role="row" aria-level={depth * 2 + 2} className="tree-row hover:bg-tint">
      <div
        role="gridcell"
        title={delivery.subscription}
        className="tree-cell text-[0.8125rem] text-muted"
        style={level(depth * 2 + 1)}
      >
        <span className="block pl-7 [overflow-wrap:anywhere] sm:truncate">
          <DottedName name={delivery.subscription} />
        </span>
      </div>
      <div role="gridcell" className="flex">
        <StateWord state={delivery.state} attempts={delivery.attempt} />
      </div>
      <div role="gridcell" className="max-sm:hidden">
        {delivery.state === 'skipped' ? (
          <span className="block truncate text-xs text-muted" title={delivery.reason ?? undefined}>
            {delivery.reason}
          </span>
        ) : (
          <DeliveryBar waiting={waiting} segments={handling ? [{ ...handling, state: delivery.state }] : []} />
        )}
      </div>
    </div>
  )
}

/** When a message was sent, written where that is on the axis, as long as there is room to its right. */
function Offset({ ms, spanMs }: { ms: number; spanMs: number }) {
  const share = Math.min(1, Math.max(0, ms / spanMs))
  const place = share > 0.75 ? { right: `${(1 - share) * 100}%` } : { left: `${share * 100}%` }
  return (
    <span
      className={share > 0.75 ? 'absolute border-r border-muted pr-1.5' : 'absolute border-l border-muted pl-1.5'}
      style={place}
    >
      +{formatMs(ms)}
    </span>
  )
}

function level(depth: number) {
  return { '--level': depth } as CSSProperties
}
