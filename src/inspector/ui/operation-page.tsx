'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Moment } from '../../web/components/moment.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import { formatMs } from '../model/durations.ts'
import type { ItemState, OperationDetail } from '../model/operation.ts'
import { OperationControls } from './operation-controls.tsx'
import { OperationItems } from './operation-items.tsx'
import { nameOf, OperationProgress } from './operation-progress.tsx'
import { OperationStages } from './operation-stages.tsx'

const REFRESH_MS = 1_000
const PAGE = 100

/** One operation: how far it is, what became of each delivery, and what can still be done about it. */
export function OperationPage({ initial, mayAct }: { initial: OperationDetail; mayAct: boolean }) {
  const [state, setState] = useState<ItemState | null>(null)
  const [after, setAfter] = useState(0)
  const operation = useOperation(initial, state, after)
  const show = (chosen: ItemState | null) => {
    setState(chosen)
    setAfter(0)
  }
  return (
    <div className="room">
      <div className="mb-4 flex flex-wrap items-start gap-x-5 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold tracking-tight break-words">{nameOf(operation)}</h1>
          <p className="mt-1 text-sm text-muted">
            {operation.total} as of <Moment iso={operation.asOf} />. {paceWords(operation)}
          </p>
        </div>
        <OperationControls operation={operation} mayAct={mayAct} />
      </div>
      <div className="grid gap-2 rounded-md border border-line bg-raised px-4 py-4">
        <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm">
          <span role="status" className="font-medium">
            {STATES[operation.state]}
          </span>
          {operation.note && <span>{operation.note}</span>}
          {operation.reason && <span className="text-muted">Reason: {operation.reason}</span>}
          <span className="ml-auto text-muted">{rateWords(operation)}</span>
        </div>
        <OperationProgress operation={operation} tall />
        {operation.progress.length > 0 && (
          <OperationStages progress={operation.progress} isPaused={operation.state === 'paused'} />
        )}
      </div>
      <OperationItems operation={operation} shown={state} onShow={show} after={after} onPage={setAfter} />
    </div>
  )
}

const STATES = {
  running: 'Running',
  paused: 'Paused',
  completed: 'Completed',
  aborted: 'Aborted',
  stopped: 'Stopped by itself',
} as const

function useOperation(initial: OperationDetail, state: ItemState | null, after: number): OperationDetail {
  const trpc = useTRPC()
  const isFirst = state === null && after === 0
  const { data } = useQuery(
    trpc.inspector.operation.queryOptions(
      { id: initial.operationId, state, after, limit: PAGE },
      {
        ...(isFirst && { initialData: initial }),
        placeholderData: (known) => known,
        refetchInterval: ({ state: { data: known } }) => (known && isOver(known) ? false : REFRESH_MS),
      },
    ),
  )
  return data ?? initial
}

/** Nothing changes any more. */
function isOver({ state, counts }: OperationDetail): boolean {
  return state !== 'running' && state !== 'paused' && counts.retried === 0
}

function paceWords({ kind, stages, perSecond, stopShare }: OperationDetail): string {
  if (kind !== 'retry') return ''
  const stop = stopShare === null ? '' : `, stops when ${Math.round(stopShare * 100)} % of a stage fail again`
  const staged = stages.length === 0 ? 'At' : `${stages.join(' → ')} → the rest, at`
  return `${staged} most ${perSecond} per second${stop}.`
}

function rateWords({ state, total, counts, perSecond, startedAt, finishedAt, asOf }: OperationDetail): string {
  const settled = total - counts.waiting - counts.retried - counts.skipped
  if (!finishedAt) {
    const left = Math.ceil(counts.waiting / perSecond) * 1_000
    return `${settled} of ${total}${state === 'running' && left > 1_000 ? `, about ${formatMs(left)} left` : ''}`
  }
  const ms = Math.max(1, Date.parse(finishedAt) - Date.parse(startedAt ?? asOf))
  const rate = settled / (ms / 1_000)
  return `${settled} of ${total} in ${formatMs(ms)}, ${rate.toFixed(rate < 10 ? 1 : 0)} per second`
}
