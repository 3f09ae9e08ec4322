'use client'
import Link from 'next/link'
import { useState } from 'react'
import { KindMark } from '../../web/components/kind-mark.tsx'
import { StateWord } from '../../web/components/state-glyph.tsx'
import { conversationTree, type TreeRow } from '../model/conversation-tree.ts'
import { axisOf, barsOf, formatMs } from '../model/durations.ts'
import type { ConversationView, DeliveryView } from '../model/view.ts'
import { ConnectionWord } from './connection-word.tsx'
import { DeliveryBar } from './delivery-bar.tsx'
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
    <div className="py-6">
      <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-1">
        <h1 className="text-xl font-semibold tracking-tight">Conversation</h1>
        <span className="font-mono text-xs break-all text-muted">{conversationId}</span>
        <span className="text-sm text-muted">
          {messages.length} messages in {formatMs(axis.spanMs)}
        </span>
        <span className="ml-auto">
          <ConnectionWord connection={connection} />
        </span>
      </div>
      {truncated && <p className="mb-3 text-sm">Only the first {initial.messages.length} messages are shown.</p>}
      <div
        role="treegrid"
        aria-label="Conversation"
        className="overflow-hidden rounded-md border border-line bg-raised"
      >
        <div role="row" className="tree-row border-b border-line text-xs text-muted">
          <div role="columnheader">Message and handlers</div>
          <div role="columnheader">State</div>
          <div role="columnheader" className="max-sm:hidden">
            {formatMs(axis.spanMs)} in all
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
    </div>
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
        className="tree-row border-b border-line"
      >
        <div role="gridcell" className="flex min-w-0 items-center gap-2" style={{ paddingLeft: indent(depth * 2) }}>
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
            className="min-w-0 truncate text-sm font-medium underline-offset-4 hover:underline"
          >
            {name}
          </Link>
        </div>
        <div role="gridcell" className="text-sm text-muted">
          {isFolded && `${deliveries.length} hidden${failed > 0 ? `, ${failed} dead` : ''}`}
        </div>
        <div role="gridcell" className="font-mono text-xs text-muted max-sm:hidden">
          +{formatMs(Date.parse(occurredAt) - axis.start)}
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
  return (
    <div role="row" aria-level={depth * 2 + 2} className="tree-row border-b border-line">
      <div
        role="gridcell"
        title={delivery.subscription}
        className="min-w-0 truncate font-mono text-xs text-muted"
        style={{ paddingLeft: `calc(${indent(depth * 2 + 1)} + 1.75rem)` }}
      >
        {delivery.subscription}
      </div>
      <div role="gridcell">
        <StateWord state={delivery.state} />
      </div>
      <div role="gridcell" className="max-sm:hidden">
        {delivery.state !== 'skipped' && (
          <DeliveryBar bars={barsOf(delivery, occurredAt, axis)} state={delivery.state} />
        )}
      </div>
    </div>
  )
}

function indent(level: number): string {
  return `${level * 0.75}rem`
}
