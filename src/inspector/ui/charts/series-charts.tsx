'use client'
import { useMemo } from 'react'
import { formatMs } from '../../model/durations.ts'
import type { Series } from '../../model/overview.ts'
import type { Line } from './plot.ts'
import { TimeChart } from './time-chart.tsx'

interface Props {
  series: Series
  /** `last hour` */
  rangeWords: string
  onRange(fromMs: number, toMs: number): void
}

/** Ends of attempts by how they ended, and how long they took: one above the other in time, with one cursor. */
export function SeriesCharts({ series, rangeWords, onRange }: Props) {
  const throughput = useMemo(() => throughputOf(series), [series])
  const latency = useMemo(() => latencyOf(series), [series])
  const totals = throughput.map(({ name, values }) => `${sum(values).toLocaleString('en')} ${name}`).join(', ')
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <TimeChart
        // The axis is made for one step.
        key={`bars ${series.stepS}`}
        title="Attempts by outcome"
        summary={`Attempts that ended, ${rangeWords}: ${totals}.`}
        times={series.times}
        stepS={series.stepS}
        lines={throughput}
        kind="bars"
        format={formatCount}
        onRange={onRange}
      />
      <TimeChart
        key={`lines ${series.stepS}`}
        title="Handling time"
        summary={`How long attempts took, ${rangeWords}: at most ${longestOf(series)} for 99 of 100.`}
        times={series.times}
        stepS={series.stepS}
        lines={latency}
        kind="lines"
        format={formatMs}
        onRange={onRange}
      />
    </div>
  )
}

function throughputOf(series: Series): Line[] {
  return [
    { name: 'succeeded', colour: '--state-succeeded', values: series.succeeded },
    { name: 'skipped', colour: '--state-skipped', values: series.skipped },
    { name: 'failed, tried again', colour: '--state-retrying', values: series.failed },
    { name: 'given up', colour: '--state-dead', values: series.givenUp },
  ]
}

function latencyOf(series: Series): Line[] {
  return [
    { name: 'p50', colour: '--ink', values: series.p50 },
    { name: 'p95', colour: '--muted', values: series.p95, dash: [6, 3] },
    { name: 'p99', colour: '--muted', values: series.p99, dash: [2, 3] },
  ]
}

function longestOf({ p99 }: Series): string {
  const known = p99.filter((each) => each !== null)
  return known.length === 0 ? 'nothing' : formatMs(Math.max(...known))
}

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, each) => total + (each ?? 0), 0)
}

function formatCount(value: number): string {
  return Math.round(value).toLocaleString('en')
}
