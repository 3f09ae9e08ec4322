'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Notice } from '../../../web/components/notice.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { type Cards, formatAge, formatRateOf, isUnwell, type Overview } from '../../model/overview.ts'
import { SeriesCharts } from '../charts/series-charts.tsx'
import { RangePicker, rangeWords } from '../range-picker.tsx'
import { useNow } from '../use-now.ts'
import { useRange } from '../use-range.ts'
import { Alerts } from './alerts.tsx'
import { FirstSteps } from './first-steps.tsx'
import { ForecastChart } from './forecast-chart.tsx'
import { HandlerGrid } from './handler-grid.tsx'
import { NewestFailures, RunningOperations } from './newest.tsx'
import { OverviewCard } from './overview-card.tsx'
import { ViewAlerts } from './view-alerts.tsx'

const REFRESH_MS = 2_000

interface Props {
  initial: Overview
  range: string
  mayAct: boolean
}

/** Is anything wrong, and where. */
export function OverviewPage({ initial, range: first, mayAct }: Props) {
  const trpc = useTRPC()
  const { range, choose, chooseBetween } = useRange()
  const { data, isError } = useQuery(
    trpc.inspector.overview.queryOptions(
      { range },
      {
        refetchInterval: REFRESH_MS,
        placeholderData: keepPreviousData,
        ...(range === first && { initialData: initial }),
      },
    ),
  )
  const overview = data ?? initial
  const now = useNow(true)
  return (
    <div className="room grid gap-6">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <h1 className="text-2xl font-semibold tracking-tight">Overview</h1>
        <p role="status" className="text-sm text-muted">
          {verdictOf(overview)}
        </p>
        <span className="ml-auto max-sm:ml-0">
          <RangePicker range={range} onChoose={choose} />
        </span>
      </div>
      {isError && (
        <Notice title="The overview could not be read again">
          What you see is as of {overview.at.slice(11, 19)} UTC.
        </Notice>
      )}
      <FirstSteps
        handlers={overview.handlers.length}
        hasSent={overview.cards.messages.trend.some((each) => each > 0)}
        mayAct={mayAct}
      />
      <Alerts overview={overview} now={now} mayAct={mayAct} />
      <ViewAlerts now={now} mayAct={mayAct} />
      <OverviewCards cards={overview.cards} />
      {overview.isIncomplete && (
        <p className="text-sm text-muted">
          Of a part of this time not everything was counted: no node was there to count for longer than changes are
          kept.
        </p>
      )}
      <SeriesCharts series={overview.series} rangeWords={rangeWords(range)} onRange={chooseBetween} />
      <HandlerGrid handlers={overview.handlers} />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-3">
        <NewestFailures groups={overview.groups} now={now} />
        <RunningOperations operations={overview.operations} />
        <ForecastChart forecast={overview.forecast} mayAct={mayAct} />
      </div>
    </div>
  )
}

function OverviewCards({ cards }: { cards: Cards }) {
  return (
    <ul aria-label="At a glance" className="grid grid-cols-2 gap-3 max-lg:*:first:col-span-2 lg:grid-cols-5">
      <OverviewCard
        name="Messages a second"
        measure={cards.messages}
        href="/inspector/live"
        format={formatRateOf}
        unit="share"
      />
      <OverviewCard
        name="Handlers failing"
        measure={cards.failing}
        href="/inspector/live?q=state:retrying,dead"
        format={formatRateOf}
        unit="difference"
        isTrouble
      />
      <OverviewCard
        name="Oldest waiting"
        measure={cards.oldest}
        href={`/inspector/live?q=${encodeURIComponent('state:pending,retrying age:>1m')}`}
        format={formatAge}
        unit="time"
      />
      <OverviewCard
        name="Retrying now"
        measure={cards.retrying}
        href="/inspector/live?q=state:retrying"
        format={formatRateOf}
        unit="difference"
      />
      <OverviewCard
        name="Dead"
        measure={cards.dead}
        href="/inspector/live?q=state:dead"
        format={formatRateOf}
        unit="difference"
        isTrouble
      />
    </ul>
  )
}

/** The answer to the page's question, in a sentence. */
function verdictOf({ handlers, cards }: Overview): string {
  const failing = cards.failing.value
  const dead = cards.dead.value
  if (failing === 0 && dead === 0) {
    const unwell = handlers.filter(isUnwell).length
    return unwell === 0 ? 'Nothing is wrong.' : 'Nothing is failing now.'
  }
  const parts = [
    failing > 0 && `${failing === 1 ? 'one handler is' : `${failing} handlers are`} failing`,
    dead > 0 && `${dead.toLocaleString('en')}${cards.dead.isMore ? ' or more' : ''} dead`,
  ]
  const words = parts.filter((each) => each !== false).join(', ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}
