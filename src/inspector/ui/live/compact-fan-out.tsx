import clsx from 'clsx'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { Link } from '../../../web/components/link.tsx'
import { StateWord } from '../../../web/components/state-glyph.tsx'
import { formatMs } from '../../model/durations.ts'
import type { LaneView, MessageDetail } from '../../model/view.ts'
import { AttemptTicks } from '../attempt-ticks.tsx'
import { LaneActions } from '../lane-actions.tsx'
import type { Actions } from '../use-actions.ts'
import { type TitleOf, useTitleOf } from '../use-title-of.ts'

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
      <ul aria-label="Deliveries" className={clsx('border-l-2 border-field', kind === 'event' && 'border-dashed')}>
        {deliveries.map((lane) => (
          <li key={lane.deliveryId} className="relative py-1 pl-5">
            <span
              aria-hidden="true"
              className={clsx(
                'absolute top-[18px] left-0 w-3.5 border-t-2 border-field',
                kind === 'event' && 'border-dashed',
              )}
            />
            <CompactLane
              lane={lane}
              titleOf={titleOf}
              isOpen={lane.deliveryId === chosen || lane.state === 'dead' || lane.state === 'retrying'}
              mayAct={mayAct}
              actions={actions}
              onToggle={() => onChoose(lane.deliveryId === chosen ? null : lane.deliveryId)}
            />
          </li>
        ))}
        {deliveries.length === 0 && (
          <li className="py-1 pl-5 text-muted">Nobody had asked for it when it was published.</li>
        )}
      </ul>
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
  const { subscription, state, attempt, startedAt, settledAt, lastError, reason, emitted } = lane
  return (
    <div className="grid gap-1">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={onToggle}
        className="flex min-h-7 w-full flex-wrap items-center gap-x-3 text-left hover:bg-tint"
      >
        <span className="min-w-0 flex-1 font-semibold [overflow-wrap:anywhere]">
          <DottedName name={subscription} />
        </span>
        <StateWord state={state} attempts={attempt} />
      </button>
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
