'use client'
import clsx from 'clsx'
import { useRef, useState } from 'react'
import type { DeliveryState } from '../../bus/message.ts'
import { DottedName } from '../../web/components/dotted-name.tsx'
import { KindMark } from '../../web/components/kind-mark.tsx'
import { Link } from '../../web/components/link.tsx'
import { axisOf, formatMs, isScheduled } from '../model/durations.ts'
import { type LaneItem, laneItems, MANY } from '../model/lane-folds.ts'
import type { LaneView, MessageDetail } from '../model/view.ts'
import { type Edge, Edges, node } from './edges.tsx'
import { LANE_COLUMNS, Lane } from './lane.tsx'
import { foldId, LaneFold } from './lane-fold.tsx'
import { MessageSlip } from './message-slip.tsx'
import { panTo, usePannedFrom } from './pan.ts'
import type { Actions } from './use-actions.ts'
import { useKeptFocus } from './use-kept-focus.ts'
import { useNow } from './use-now.ts'
import { useTitleOf } from './use-title-of.ts'
import { walk } from './walk.ts'

interface Props {
  message: MessageDetail
  rights: { act: boolean; faults: boolean }
  actions: Actions
  selected: string | undefined
  onSelect(deliveryId: string): void
}

/** Cause, message, and one lane per subscription there was when the message was published, with their edges. */
export function FanOut({ message, rights, actions, selected, onSelect }: Props) {
  const { deliveries, occurredAt } = message
  const figure = useRef<HTMLDivElement>(null)
  useKeptFocus(figure, '[data-lane]')
  const [looked, setLooked] = useState<string | null>(null)
  const from = usePannedFrom(message.messageId)
  const [shown, setShown] = useState<ReadonlyMap<DeliveryState, number>>(new Map())
  const unfold = (state: DeliveryState, count: number) => setShown((known) => new Map(known).set(state, count))
  const items = laneItems(deliveries, shown, selected)
  const isOpen = deliveries.some((each) => each.settledAt === null)
  const now = useNow(isOpen) ?? Date.parse(occurredAt)
  const axis = axisOf([message], now)
  const isBusy = deliveries.some((each) => each.settledAt === null && !isScheduled(each, now))
  const hasWays = deliveries.some((each) => each.emitted.length > 0)
  return (
    <div
      ref={figure}
      role="group"
      aria-label="Fan-out"
      onKeyDown={walk}
      data-from={from ?? undefined}
      className={clsx(
        from && 'panned',
        'relative grid gap-x-12 gap-y-5 lg:grid-cols-[15.5rem_minmax(0,1fr)] min-[88rem]:grid-cols-[11.5rem_15rem_minmax(0,1fr)]',
        // Beside a long list the message stays where one begins to read.
        deliveries.length > MANY ? 'items-start' : 'items-center',
      )}
    >
      <Edges figure={figure} edges={edgesOf(message, items, looked)} />
      <div className="relative grid gap-5 min-[88rem]:contents">
        <Cause message={message} />
        <MessageSlip message={message} spanMs={axis.spanMs} isOpen={isBusy} />
      </div>
      <div className="relative min-w-0 max-lg:pl-8 lg:pb-2.5">
        {deliveries.length > 0 && <AxisScale spanMs={axis.spanMs} hasWays={hasWays} />}
        <ul aria-label="Deliveries" className="grid gap-2.5">
          {items.map((item) =>
            item.kind === 'fold' ? (
              <LaneFold key={item.state} fold={item} isDimmed={looked !== null} onUnfold={unfold} />
            ) : (
              <Lane
                key={item.lane.deliveryId}
                lane={item.lane}
                occurredAt={occurredAt}
                axis={axis}
                rights={rights}
                actions={actions}
                isDense={deliveries.length > MANY}
                hasWays={hasWays}
                isSelected={item.lane.deliveryId === selected}
                isDimmed={looked !== null && looked !== item.lane.deliveryId}
                onSelect={onSelect}
                onLook={setLooked}
              />
            ),
          )}
          {deliveries.length === 0 && (
            <li
              {...node('nobody')}
              className="rounded-md border border-dashed border-field px-5 py-4 text-sm text-muted"
            >
              <p className="font-semibold text-ink">No subscribers</p>
              <p>Nobody had asked for this event when it was published. It is kept, and nothing is lost.</p>
            </li>
          )}
        </ul>
      </div>
    </div>
  )
}

function Cause({ message: { cause } }: { message: MessageDetail }) {
  const titleOf = useTitleOf()
  return (
    <div {...node('cause')} className="rounded-md border border-line bg-raised px-4 py-3 text-sm min-[88rem]:mt-1.5">
      <p className="mb-1 text-xs text-muted">Caused by</p>
      {cause ? (
        <>
          <Link
            data-cause
            href={`/inspector/m/${cause.messageId}`}
            title={titleOf(cause.name)}
            onClick={() => panTo(cause.messageId, 'left')}
            className="flex items-start gap-2 font-medium underline decoration-line underline-offset-4 hover:decoration-accent"
          >
            <span className="mt-[3px]">
              <KindMark kind={cause.kind} />
            </span>
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <DottedName name={cause.name} />
            </span>
          </Link>
          {cause.subscription !== cause.name && (
            <p className="mt-1 text-xs [overflow-wrap:anywhere] text-muted">
              sent by <DottedName name={cause.subscription} />
            </p>
          )}
        </>
      ) : (
        <p>A request from outside. It begins the conversation.</p>
      )}
    </div>
  )
}

/** The common axis of the bars: what their whole width means. */
function AxisScale({ spanMs, hasWays }: { spanMs: number; hasWays: boolean }) {
  return (
    <div className={clsx('mb-1 grid', hasWays && LANE_COLUMNS)} aria-hidden="true">
      <div className="flex justify-end px-[17px] max-sm:hidden">
        <div className="flex w-40 justify-between border-x border-line px-1 font-mono text-[0.6875rem] leading-3 text-muted">
          <span>0</span>
          <span>{formatMs(spanMs)}</span>
        </div>
      </div>
    </div>
  )
}

function edgesOf({ kind }: MessageDetail, items: readonly LaneItem<LaneView>[], looked: string | null): Edge[] {
  const emphasisOf = (id: string) => (looked === null ? undefined : looked === id ? 'lit' : 'dimmed')
  const arriving: Edge = { from: 'cause', to: 'message', kind, state: null }
  if (items.length === 0) return [arriving, { from: 'message', to: 'nobody', kind, state: 'waiting' }]
  return [
    arriving,
    ...items.flatMap((item): Edge[] => {
      if (item.kind === 'fold') {
        return [
          {
            ...{ from: 'message', to: foldId(item.state), kind },
            state: item.state === 'pending' ? 'waiting' : item.state,
            emphasis: emphasisOf(foldId(item.state)),
          },
        ]
      }
      const { deliveryId, state, attempt, emitted } = item.lane
      return [
        {
          from: 'message',
          to: deliveryId,
          kind,
          state: state === 'pending' ? 'waiting' : state,
          trip: attempt,
          emphasis: emphasisOf(deliveryId),
        },
        ...emitted.map(
          (each): Edge => ({
            from: deliveryId,
            to: each.messageId,
            kind: each.kind,
            state: null,
            emphasis: emphasisOf(deliveryId),
          }),
        ),
      ]
    }),
  ]
}
