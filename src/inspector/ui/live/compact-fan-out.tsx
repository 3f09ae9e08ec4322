import clsx from 'clsx'
import { useState } from 'react'
import type { DeliveryState } from '../../../bus/message.ts'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { Link } from '../../../web/components/link.tsx'
import { formatMs } from '../../model/durations.ts'
import { isFailing } from '../../model/failing.ts'
import { laneItems } from '../../model/lane-folds.ts'
import type { LaneView, MessageDetail } from '../../model/view.ts'
import { AttemptTicks } from '../attempt-ticks.tsx'
import { LaneActions } from '../lane-actions.tsx'
import type { Actions } from '../use-actions.ts'
import { type TitleOf, useTitleOf } from '../use-title-of.ts'
import { CompactLanes, CompactLine } from './compact-lanes.tsx'

interface Props {
  message: MessageDetail
  mayAct: boolean
  actions: Actions
  /** The delivery of which more is shown, beside those that are in trouble. */
  chosen: string | null
  onChoose(deliveryId: string | null): void
}

/** The fan-out where there is little room: the cause, a line for each delivery, what it sent, and what can be done. */
export function CompactFanOut({ message, mayAct, actions, chosen, onChoose }: Props) {
  const { cause, kind, deliveries, conversationId } = message
  const titleOf = useTitleOf()
  const [shown, setShown] = useState<ReadonlyMap<DeliveryState, number>>(new Map())
  const unfold = (state: DeliveryState, count: number) => setShown((known) => new Map(known).set(state, count))
  const items = laneItems(deliveries, shown, chosen ?? undefined)
  return (
    <div className="grid gap-3 text-sm">
      <p className="text-muted [overflow-wrap:anywhere]">
        Caused by{' '}
        {cause ? (
          <Link
            href={`/inspector/m/${cause.messageId}`}
            title={titleOf(cause.name)}
            className="text-ink underline underline-offset-4"
          >
            <DottedName name={cause.name} />
          </Link>
        ) : (
          'a request from outside'
        )}
        , in{' '}
        <Link href={`/inspector/c/${conversationId}`} className="text-ink underline underline-offset-4">
          its conversation
        </Link>
      </p>
      <CompactLanes kind={kind} items={items} onUnfold={unfold}>
        {(lane) => (
          <CompactLane
            lane={lane}
            titleOf={titleOf}
            isOpen={lane.deliveryId === chosen || isFailing(lane)}
            mayAct={mayAct}
            actions={actions}
            onToggle={() => onChoose(lane.deliveryId === chosen ? null : lane.deliveryId)}
          />
        )}
      </CompactLanes>
    </div>
  )
}

interface LaneProps {
  lane: LaneView
  titleOf: TitleOf
  isOpen: boolean
  mayAct: boolean
  actions: Actions
  onToggle(): void
}

function CompactLane({ lane, titleOf, isOpen, mayAct, actions, onToggle }: LaneProps) {
  const { state, startedAt, settledAt, lastError, reason, emitted } = lane
  return (
    <div className="grid gap-1">
      <CompactLine lane={lane} isOpen={isOpen} onToggle={onToggle} />
      {isOpen && (
        <div className="grid gap-1.5 text-xs text-muted">
          <p className="flex flex-wrap items-center gap-x-3">
            <AttemptTicks lane={lane} />
            {startedAt && settledAt && (
              <span className="font-mono">{formatMs(Date.parse(settledAt) - Date.parse(startedAt))}</span>
            )}
          </p>
          {(lastError ?? reason) && (
            <p className={clsx('[overflow-wrap:anywhere]', state === 'dead' && 'text-danger')}>
              <ForeignText text={lastError ?? reason ?? ''} />
            </p>
          )}
          <div className="flex flex-wrap gap-2 empty:hidden">
            <LaneActions lane={lane} mayAct={mayAct} actions={actions} />
          </div>
        </div>
      )}
      {emitted.map((each) => (
        <Link
          key={each.messageId}
          href={`/inspector/m/${each.messageId}`}
          title={titleOf(each.name)}
          className="flex items-center gap-1.5 text-xs text-muted underline-offset-4 [overflow-wrap:anywhere] hover:text-ink hover:underline"
        >
          sent <KindMark kind={each.kind} /> <DottedName name={each.name} />
        </Link>
      ))}
    </div>
  )
}
