'use client'
import clsx from 'clsx'
import Link from 'next/link'
import { StateWord } from '../../web/components/state-glyph.tsx'
import { barsOf, formatMs, isScheduled } from '../model/durations.ts'
import type { FaultView, LaneView } from '../model/view.ts'
import { DeliveryBar } from './delivery-bar.tsx'
import { FaultControl } from './fault-control.tsx'
import { LaneActions } from './lane-actions.tsx'
import type { Actions } from './use-actions.ts'

interface Props {
  lane: LaneView
  kind: 'command' | 'event'
  occurredAt: string
  axis: { start: number; spanMs: number; now: number }
  rights: { act: boolean; faults: boolean }
  actions: Actions
  selected: string | undefined
  onSelect(deliveryId: string): void
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
export function Lane({ lane, kind, occurredAt, axis, rights, actions, selected, onSelect }: Props) {
  const isSelected = lane.deliveryId === selected
  const handlerKind = lane.handlerKind && KINDS[lane.handlerKind]
  return (
    <li className={clsx('relative rounded-md border bg-raised px-4 py-3', isSelected ? 'border-muted' : 'border-line')}>
      <span
        aria-hidden="true"
        className={clsx(
          'absolute top-6 -left-4 w-4 border-t-2 border-muted sm:-left-6 sm:w-6',
          kind === 'event' && 'border-dashed',
        )}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <button
          type="button"
          onClick={() => onSelect(lane.deliveryId)}
          aria-pressed={isSelected}
          className="min-w-0 text-left font-mono text-sm font-medium break-all underline-offset-4 hover:underline"
        >
          {lane.subscription}
        </button>
        <StateWord state={lane.state} />
        <AttemptTicks lane={lane} />
        <Duration lane={lane} />
        {handlerKind && (
          <span title={handlerKind.promise} className="text-xs text-muted">
            {handlerKind.word}
          </span>
        )}
        {lane.handlerKind === null && <span className="text-xs text-muted">not in this build</span>}
        <span className="ml-auto flex flex-wrap items-center gap-2">
          {lane.fault && <span className="text-sm">{describeFault(lane.fault)}</span>}
          <LaneActions lane={lane} mayAct={rights.act} actions={actions} />
          {rights.faults && rights.act && lane.handlerKind && (
            <FaultControl subscription={lane.subscription} fault={lane.fault} actions={actions} />
          )}
        </span>
      </div>
      {lane.state !== 'skipped' && <DeliveryBar bars={barsOf(lane, occurredAt, axis)} state={lane.state} />}
      <Notes lane={lane} now={axis.now} />
      {lane.emitted.length > 0 && (
        <p className="mt-2 flex flex-wrap items-center gap-2 text-sm">
          <span className="text-muted">sent</span>
          {lane.emitted.map((each) => (
            <Link
              key={each.messageId}
              href={`/inspector/m/${each.messageId}`}
              className="rounded border border-line px-2 py-0.5 font-mono text-xs hover:border-muted"
            >
              {each.name}
            </Link>
          ))}
        </p>
      )}
    </li>
  )
}

function AttemptTicks({ lane: { attempts, attempt, maxAttempts } }: { lane: LaneView }) {
  if (attempt === 0) return null
  return (
    <span
      className="inline-flex items-center gap-1 font-mono text-xs text-muted"
      title={`Attempt ${attempt} of ${maxAttempts}`}
    >
      {attempts.slice(-12).map((each) => (
        <span
          key={each.number}
          aria-hidden="true"
          className={clsx('h-3 w-1 rounded-sm', each.outcome === 'succeeded' ? 'bg-state-succeeded' : 'bg-state-dead')}
        />
      ))}
      {attempt}/{maxAttempts}
    </span>
  )
}

function Duration({ lane: { startedAt, settledAt, state } }: { lane: LaneView }) {
  if (!startedAt || !settledAt || state === 'discarded') return null
  return <span className="font-mono text-xs text-muted">{formatMs(Date.parse(settledAt) - Date.parse(startedAt))}</span>
}

function Notes({ lane, now }: { lane: LaneView; now: number }) {
  const { state, reason, parkedReason, lastError, dueAt } = lane
  const leftMs = Date.parse(dueAt) - now
  return (
    <div className="mt-1.5 grid gap-1 text-sm empty:hidden">
      {reason && <p className="text-muted">{reason}</p>}
      {isScheduled(lane, now) && <p className="text-muted">Due in {formatMs(leftMs)}</p>}
      {parkedReason && (
        <p>
          <span className="font-medium">Parked.</span> {parkedReason} Nothing is lost: it is delivered by the next build
          that can read it.
        </p>
      )}
      {state === 'retrying' && (
        <p>
          {leftMs > 0 ? `Next attempt in ${formatMs(Math.ceil(leftMs / 1_000) * 1_000)}` : 'The next attempt is due'}
        </p>
      )}
      {lastError && (state === 'retrying' || state === 'dead' || state === 'running') && (
        <p className="break-words text-danger">{lastError}</p>
      )}
    </div>
  )
}

function describeFault(fault: FaultView): string {
  if (fault.mode === 'fail-times') return `Fails next ${fault.remaining} ${fault.remaining === 1 ? 'time' : 'times'}`
  return fault.mode === 'always' ? 'Always fails' : `Slow by ${formatMs(fault.delayMs)}`
}
