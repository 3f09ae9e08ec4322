'use client'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { DottedName } from '../../web/components/dotted-name.tsx'
import { ForeignText } from '../../web/components/foreign-text.tsx'
import { Link } from '../../web/components/link.tsx'
import { StateWord } from '../../web/components/state-glyph.tsx'
import { barsOf, formatMs, segmentsOf } from '../model/durations.ts'
import { explainDelivery } from '../model/explain/explain-delivery.ts'
import { isFailing } from '../model/failing.ts'
import type { FaultView, LaneView } from '../model/view.ts'
import { AttemptTicks } from './attempt-ticks.tsx'
import { DeliveryBar } from './delivery-bar.tsx'
import { node } from './edges.tsx'
import { Emitted } from './emitted.tsx'
import { FaultControl } from './fault-control.tsx'
import { LaneActions } from './lane-actions.tsx'
import { NextAttempt } from './next-attempt.tsx'
import { OutageNote } from './outage-note.tsx'
import type { Actions } from './use-actions.ts'

/** A lane and, at its right, what it sent. */
export const LANE_COLUMNS = 'gap-x-8 xl:grid-cols-[minmax(0,1fr)_13.5rem]'

interface Props {
  lane: LaneView
  occurredAt: string
  axis: { start: number; spanMs: number; now: number }
  rights: { act: boolean; faults: boolean }
  actions: Actions
  /** One of many: when all is well it takes one line. */
  isDense: boolean
  /** Whether some lane beside it has sent something: then all leave room for that at their right. */
  hasWays: boolean
  isSelected: boolean
  /** Another one is looked at: this one stands back, with what it sent. */
  isDimmed: boolean
  onSelect(deliveryId: string): void
  /** Called with null when the pointer, or the focus, has left. */
  onLook(deliveryId: string | null): void
}

const KINDS = {
  transactional: {
    word: 'transactional',
    promise: 'Its effects, its messages and its settlement commit together: exactly once.',
  },
  effectful: {
    word: 'outside call',
    promise: 'It calls outside: at least once, with a key by which a repeat is recognised.',
  },
} as const

/** One subscription: its state, its attempts, how long it took, what it sent, and what can be done. */
export function Lane(props: Props) {
  const { lane, occurredAt, axis, rights, actions, isDense, hasWays, isSelected, isDimmed, onSelect, onLook } = props
  const { deliveryId, state, attempt, fault, handlerKind } = lane
  const isOneLine = isDense && !isSelected && (state === 'succeeded' || state === 'skipped')
  const waiting = barsOf(lane, occurredAt, axis).waiting
  return (
    <li
      className={clsx('lane grid items-center gap-y-2', hasWays && LANE_COLUMNS)}
      data-dimmed={isDimmed || undefined}
      onPointerEnter={() => onLook(deliveryId)}
      onPointerLeave={() => onLook(null)}
      // A press leaves the focus behind, and one reads on elsewhere.
      onFocus={({ target }) => target.matches(':focus-visible') && onLook(deliveryId)}
      onBlur={() => onLook(null)}
    >
      <div
        {...node(deliveryId)}
        className={clsx(
          'grid gap-1.5 rounded-md border bg-raised px-4 transition-colors hover:border-muted',
          isOneLine ? 'py-1.5' : 'py-2.5',
          isSelected ? 'border-muted shadow-[inset_3px_0_0_var(--accent)]' : 'border-line',
          state === 'skipped' && 'border-dashed',
        )}
      >
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <button
            type="button"
            data-lane={deliveryId}
            onClick={() => onSelect(deliveryId)}
            aria-pressed={isSelected}
            title="Show its attempts"
            className="min-w-0 text-left text-sm font-semibold underline-offset-4 [overflow-wrap:anywhere] hover:underline"
          >
            <DottedName name={lane.subscription} />
          </button>
          <StateWord state={state} attempts={attempt} />
          {state !== 'skipped' && (
            <span className="ml-auto w-full sm:w-40">
              <DeliveryBar waiting={waiting} segments={segmentsOf(lane, axis)} />
            </span>
          )}
        </div>
        <div
          className={clsx(
            'min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted',
            isOneLine ? 'sr-only' : 'flex',
          )}
        >
          <AttemptTicks lane={lane} />
          <Took lane={lane} />
          {handlerKind && <span title={KINDS[handlerKind].promise}>{KINDS[handlerKind].word}</span>}
          {handlerKind === null && (
            <span title="This build has no such handler: it was there when the message was published.">
              not in this build
            </span>
          )}
          <span className="ml-auto flex items-center gap-2">
            {fault && <span className="text-ink">{describeFault(fault)}</span>}
            {rights.faults && rights.act && handlerKind && (
              <FaultControl subscription={lane.subscription} fault={fault} actions={actions} />
            )}
          </span>
        </div>
        {!isOneLine && <Waiting lane={lane} now={axis.now} />}
        <Trouble lane={lane} now={axis.now}>
          <LaneActions lane={lane} mayAct={rights.act} actions={actions} />
        </Trouble>
      </div>
      {state === 'running' && <OutageNote outage={lane.outage} />}
      <Emitted messages={lane.emitted} />
    </li>
  )
}

function Took({ lane: { startedAt, settledAt, state } }: { lane: LaneView }) {
  if (!startedAt || !settledAt || state === 'discarded') return null
  return <span className="font-mono">{formatMs(Date.parse(settledAt) - Date.parse(startedAt))}</span>
}

/** Why a delivery that is neither running nor in trouble has not been handled. */
function Waiting({ lane, now }: { lane: LaneView; now: number }) {
  if (lane.state !== 'pending' && lane.state !== 'skipped') return null
  return (
    <p title={lane.dueAt} className="border-t border-line pt-2 text-sm [overflow-wrap:anywhere]">
      <ForeignText text={explainDelivery(lane, now)} /> {lane.parkedReason && 'Nothing is lost.'} <Ahead lane={lane} />
    </p>
  )
}

/** The way to the message that a delivery waits behind. */
function Ahead({ lane: { ahead } }: { lane: LaneView }) {
  if (!ahead) return null
  return (
    <Link href={`/inspector/m/${ahead.messageId}`} className="text-accent underline underline-offset-4">
      Show the first
    </Link>
  )
}

/** What went wrong, when it is tried again, and what can be done about it. Nothing for what goes well. */
function Trouble({ lane, now, children }: { lane: LaneView; now: number; children: ReactNode }) {
  const { state, lastError, sharing } = lane
  if (!isFailing(lane) && state !== 'discarded') return null
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line pt-2 text-sm">
      <div className="grid min-w-0 flex-[1_1_16rem] gap-0.5">
        {state === 'retrying' && <NextAttempt lane={lane} now={now} />}
        <p
          title={lastError ?? undefined}
          className={clsx('[overflow-wrap:anywhere]', state === 'dead' ? 'text-danger' : 'text-muted')}
        >
          <ForeignText
            text={state === 'running' && lastError ? `Last error: ${lastError}` : explainDelivery(lane, now)}
          />
        </p>
        {sharing && sharing.others > 0 && (
          <Link
            href={`/inspector/dead-letters/${sharing.fingerprint}`}
            className="w-fit text-accent underline underline-offset-4"
          >
            Show all that share the error
          </Link>
        )}
      </div>
      <div className="flex gap-2 empty:hidden">{children}</div>
    </div>
  )
}

function describeFault(fault: FaultView): string {
  if (fault.mode === 'fail-times') return `Fails next ${fault.remaining} ${fault.remaining === 1 ? 'time' : 'times'}`
  return fault.mode === 'always' ? 'Always fails' : `Slow by ${formatMs(fault.delayMs)}`
}
