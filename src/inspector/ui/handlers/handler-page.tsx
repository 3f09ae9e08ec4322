'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useRef } from 'react'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { Link } from '../../../web/components/link.tsx'
import { Moment } from '../../../web/components/moment.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { formatCount } from '../../model/handler-view.ts'
import { formatAge, formatRateOf, type HandlerDetail, type HandlerWithHealth } from '../../model/overview.ts'
import { Ago } from '../ago.tsx'
import { SeriesCharts } from '../charts/series-charts.tsx'
import { useSelectedActions } from '../palette/selected.ts'
import { RangePicker, rangeWords } from '../range-picker.tsx'
import { useNow } from '../use-now.ts'
import { useRange } from '../use-range.ts'
import { useTitleOf } from '../use-title-of.ts'
import { WayBack } from '../way-back.tsx'
import { HandlerControls, HandlerSettings } from './handler-controls.tsx'
import { msOf, shareOf } from './handler-row.tsx'
import { RecentErrors } from './recent-errors.tsx'
import { type HandlerActions, useHandlerActions } from './use-handler-actions.ts'

const REFRESH_MS = 2_000

interface Props {
  initial: HandlerDetail
  range: string
  mayAct: boolean
}

/** One handler: how it does, how it did, and what it failed with. */
export function HandlerPage({ initial, range: first, mayAct }: Props) {
  const trpc = useTRPC()
  const { range, choose, chooseBetween } = useRange()
  const name = initial.handler.subscription
  const { data, isError } = useQuery(
    trpc.inspector.handler.queryOptions(
      { name, range },
      {
        refetchInterval: REFRESH_MS,
        placeholderData: keepPreviousData,
        ...(range === first && { initialData: initial }),
      },
    ),
  )
  const actions = useHandlerActions()
  useHandlerCommands((data ?? initial).handler, mayAct, actions)
  const now = useNow(true)
  const titleOf = useTitleOf()
  const { handler, series, errors, isIncomplete } = data ?? initial
  return (
    <div className="room grid gap-6">
      <div>
        <WayBack href="/inspector/handlers" to="Handlers" />
        <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
          <div className="min-w-0">
            <h1 className="text-2xl font-semibold tracking-tight [overflow-wrap:anywhere]">{name}</h1>
            <p className="mt-1 flex flex-wrap items-center gap-x-2 text-sm text-muted">
              {handler.kind}, handles <KindMark kind={handler.message.kind} />
              <Link
                href={`/inspector/types/${encodeURIComponent(handler.message.name)}`}
                title={titleOf(handler.message.name)}
                className="font-mono text-xs text-ink underline-offset-4 hover:underline"
              >
                {handler.message.name}
              </Link>
            </p>
          </div>
          <div className="text-sm">
            <HandlerSettings handler={handler} />
          </div>
          <HandlerControls handler={handler} mayAct={mayAct} actions={actions} />
          <span className="ml-auto max-sm:ml-0">
            <RangePicker range={range} onChoose={choose} />
          </span>
        </div>
      </div>
      {isError && <Notice title="The handler could not be read again">What you see is as of a while ago.</Notice>}
      {handler.outage && (
        <p className="text-sm">
          In outage mode since <Moment iso={handler.outage.since} />: one delivery at a time is tried, the next one{' '}
          <Ago iso={handler.outage.nextProbeAt} now={now} />. The others wait without using up their attempts.
        </p>
      )}
      <Numbers handler={handler} now={now} />
      {isIncomplete && <p className="text-sm text-muted">Of a part of this time not everything was counted.</p>}
      <SeriesCharts series={series} rangeWords={rangeWords(range)} onRange={chooseBetween} />
      <RecentErrors errors={errors} now={now} />
    </div>
  )
}

/** What can be done to the handler, in the palette too. */
function useHandlerCommands(
  { subscription, isPaused, alwaysRuns }: HandlerWithHealth,
  mayAct: boolean,
  actions: HandlerActions,
) {
  const { pause, resume } = actions
  const latest = useRef({ pause, resume })
  latest.current = { pause, resume }
  const commands = useMemo(
    () =>
      mayAct && alwaysRuns === null
        ? [
            {
              title: `${isPaused ? 'Resume' : 'Pause'} ${subscription}`,
              words: 'handler',
              run: () => latest.current[isPaused ? 'resume' : 'pause'](subscription),
            },
          ]
        : [],
    [alwaysRuns, isPaused, mayAct, subscription],
  )
  useSelectedActions(commands)
}

function Numbers({ handler, now }: { handler: HandlerWithHealth; now: number | null }) {
  const { health, subscription } = handler
  const { percentiles } = health
  const live = (filter: string) =>
    `/inspector/live?q=${encodeURIComponent(`handler:${subscription}${filter && ` ${filter}`}`)}`
  const age = handler.oldestDueAt && now !== null ? formatAge(Math.max(0, now - Date.parse(handler.oldestDueAt))) : '–'
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-4 xl:grid-cols-7">
      <Fact name="Attempts">
        <Link href={live('')} className="underline-offset-4 hover:underline">
          {health.attempts.toLocaleString('en')}
        </Link>
        <Small>{formatRateOf(health.perSecond * 60)} a minute</Small>
      </Fact>
      <Fact name="Failed">
        {shareOf(health.errorShare)}
        <Small>{shareOf(health.retryShare)} tried again</Small>
      </Fact>
      <Fact name="p50 · p90">
        {msOf(percentiles?.p50)}
        <Small>{msOf(percentiles?.p90)}</Small>
      </Fact>
      <Fact name="p95 · p99 · max">
        {msOf(percentiles?.p95)}
        <Small>
          {msOf(percentiles?.p99)} · {msOf(percentiles?.max)}
        </Small>
      </Fact>
      <Fact name="Waiting">
        <Link href={live('state:pending,retrying')} className="underline-offset-4 hover:underline">
          {formatCount(handler.waiting)}
        </Link>
        <Small>
          {formatCount(handler.retrying)} retrying, oldest {age}
        </Small>
      </Fact>
      <Fact name="In flight">
        {formatCount(handler.running)}
        <Small>
          last success {health.lastSuccessAt === null ? 'not in a week' : <Ago iso={health.lastSuccessAt} now={now} />}
        </Small>
      </Fact>
      <Fact name="Dead">
        <Link
          href={`/inspector/dead-letters?handler=${encodeURIComponent(subscription)}`}
          className={
            handler.dead.count > 0 ? 'text-danger underline underline-offset-4' : 'underline-offset-4 hover:underline'
          }
        >
          {formatCount(handler.dead)}
        </Link>
        <Small>{handler.dead.count > 0 ? 'wait for a decision' : 'nothing to decide'}</Small>
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="bg-raised px-4 py-3 max-xl:last:col-span-2">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="mt-1 text-xl font-semibold tracking-tight tabular-nums">{children}</dd>
    </div>
  )
}

function Small({ children }: { children: ReactNode }) {
  return <span className="mt-0.5 block text-xs font-normal tracking-normal text-muted">{children}</span>
}
