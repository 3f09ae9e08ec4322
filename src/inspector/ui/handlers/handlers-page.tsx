'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { EmptyState } from '../../../web/components/empty-state.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { byWorst, type HandlerWithHealth } from '../../model/overview.ts'
import { FindField, useFind } from '../find-field.tsx'
import { RangePicker } from '../range-picker.tsx'
import { useNow } from '../use-now.ts'
import { useRange } from '../use-range.ts'
import { HandlerRow } from './handler-row.tsx'
import { useHandlerActions } from './use-handler-actions.ts'

const REFRESH_MS = 2_000

const COLUMNS: readonly { title: string; isNumber?: boolean; hint?: string }[] = [
  { title: 'Handler' },
  { title: 'State' },
  { title: 'Trend', hint: 'Attempts, and those of them that failed' },
  { title: 'Rate', isNumber: true, hint: 'Attempts that ended, a minute' },
  { title: 'Errors', isNumber: true, hint: 'Share of attempts that failed' },
  { title: 'p50', isNumber: true, hint: 'Half of the attempts took no longer; read from a scale, at most 9 % off' },
  { title: 'p90', isNumber: true },
  { title: 'p99', isNumber: true },
  { title: 'Max', isNumber: true, hint: 'The longest attempt, exactly' },
  { title: 'Waiting', isNumber: true, hint: 'Deliveries that wait to be tried, due or not' },
  { title: 'Oldest', isNumber: true, hint: 'How long the first of them has been due' },
  { title: 'In flight', isNumber: true },
  { title: 'Retries', isNumber: true, hint: 'Share of attempts that failed and are tried again' },
  { title: 'Dead', isNumber: true },
  { title: 'Last success', isNumber: true },
  { title: 'Actions' },
]

interface Props {
  initial: HandlerWithHealth[]
  range: string
  mayAct: boolean
}

/** Every handler of this build: how it does, what waits for it, and what operators set about it. */
export function HandlersPage({ initial, range: first, mayAct }: Props) {
  const trpc = useTRPC()
  const { range, choose } = useRange()
  const { data, isError } = useQuery(
    trpc.inspector.handlers.queryOptions(
      { range },
      {
        refetchInterval: REFRESH_MS,
        placeholderData: keepPreviousData,
        ...(range === first && { initialData: initial }),
      },
    ),
  )
  const actions = useHandlerActions()
  const now = useNow(true)
  const handlers = data ?? initial
  const search = useFind()
  const order = useSteadyOrder(handlers)
  const shown = order.filter(({ subscription, message }) => search.isFound(`${subscription} ${message.name}`))
  const paused = handlers.filter((each) => each.isPaused).length
  return (
    <div className="room">
      <div className="mb-3 flex flex-wrap items-center gap-x-5 gap-y-1">
        <h1 className="text-2xl font-semibold tracking-tight">Handlers</h1>
        <p className="text-sm text-muted">
          {paused === 0 ? 'None is paused' : `${paused} paused`}. What is set here holds on all nodes within a second.
        </p>
        <span className="ml-auto flex flex-wrap items-center gap-3 max-sm:ml-0">
          <FindField label="Find a handler" search={search} />
          <RangePicker range={range} onChoose={choose} />
        </span>
      </div>
      {isError && <Notice title="The handlers could not be read again">What you see is as of a while ago.</Notice>}
      <table aria-label="Handlers" className="w-full text-sm max-[84rem]:block">
        <thead className="max-[84rem]:hidden">
          <tr className="border-b border-line text-left text-xs text-muted">
            {COLUMNS.map(({ title, isNumber, hint }) => (
              <th
                key={title}
                scope="col"
                title={hint}
                className={`py-2 pr-3 font-medium last:pr-0 ${isNumber ? 'text-right' : ''}`}
              >
                {title === 'Actions' ? <span className="sr-only">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-[84rem]:grid max-[84rem]:gap-3 lg:max-[84rem]:grid-cols-2">
          {shown.map((handler) => (
            <HandlerRow key={handler.subscription} handler={handler} now={now} mayAct={mayAct} actions={actions} />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <EmptyState title="No handler is called that">Try fewer letters, or none.</EmptyState>}
    </div>
  )
}

/** The worst first, as of when one came: rows do not move under the reader's hand. */
function useSteadyOrder(handlers: readonly HandlerWithHealth[]): HandlerWithHealth[] {
  const [places] = useState(() => new Map([...handlers].sort(byWorst).map((each, place) => [each.subscription, place])))
  const placeOf = ({ subscription }: HandlerWithHealth) => places.get(subscription) ?? places.size
  return [...handlers].sort((a, b) => placeOf(a) - placeOf(b))
}
