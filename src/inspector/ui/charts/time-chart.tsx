'use client'
import 'uplot/dist/uPlot.min.css'
import clsx from 'clsx'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type uPlot from 'uplot'
import { type Line, PLOT_HEIGHT, plotData, plotOptions } from './plot.ts'

interface Props {
  title: string
  /** What it shows, in a sentence, for those who do not see it. */
  summary: string
  times: readonly number[]
  stepS: number
  lines: readonly Line[]
  kind: 'bars' | 'lines'
  format(value: number): string
  onRange(fromMs: number, toMs: number): void
}

/** Numbers over time, drawn once its library has come. Dragging across it chooses a stretch of time. */
export function TimeChart({ title, summary, times, stepS, lines, kind, format, onRange }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(null)
  const [index, setIndex] = useState<number | null>(null)
  const [isFailed, setFailed] = useState(false)
  const select = useEffectEvent(onRange)
  const settings = () => ({ times, stepS, lines, kind, format, onIndex: setIndex, onRange: select })
  const create = useEffectEvent((Plot: typeof uPlot, target: HTMLElement) => {
    plot.current?.destroy()
    plot.current = new Plot(plotOptions(Plot, settings(), target.clientWidth), plotData(settings()), target)
  })

  useEffect(() => {
    const target = place.current
    if (!target) return
    let stop = () => {}
    let isGone = false
    const begin = async () => {
      const { default: Plot } = await import('uplot')
      if (isGone) return
      create(Plot, target)
      const resize = new ResizeObserver(() => plot.current?.setSize({ width: target.clientWidth, height: PLOT_HEIGHT }))
      resize.observe(target)
      const theme = new MutationObserver(() => create(Plot, target))
      theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
      stop = () => {
        resize.disconnect()
        theme.disconnect()
      }
    }
    begin().catch(() => setFailed(true))
    return () => {
      isGone = true
      stop()
      plot.current?.destroy()
      plot.current = null
    }
  }, [])
  useEffect(() => {
    plot.current?.setData(plotData({ times, lines, kind }))
  }, [times, lines, kind])

  return (
    <figure className="min-w-0 rounded-md border border-line bg-raised p-4">
      <figcaption className="mb-2 flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 className="text-sm font-semibold">{title}</h2>
        <Legend lines={lines} kind={kind} index={index} format={format} />
      </figcaption>
      <div ref={place} role="img" aria-label={summary} className="-ml-2" style={{ height: PLOT_HEIGHT }} />
      {isFailed && <p className="text-xs text-muted">This browser could not draw the chart. Its numbers are below.</p>}
      <Numbers title={title} times={times} lines={lines} format={format} />
    </figure>
  )
}

function Legend({ lines, kind, index, format }: Pick<Props, 'lines' | 'kind' | 'format'> & { index: number | null }) {
  return (
    <ul className="ml-auto flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {lines.map(({ name, colour, values, dash }) => (
        <li key={name} className="flex items-center gap-1.5">
          <svg width="14" height="10" aria-hidden="true" className={clsx(kind === 'bars' && 'rounded-sm')}>
            {kind === 'bars' ? (
              <rect width="10" height="10" x="2" fill={`var(${colour})`} />
            ) : (
              <path
                d="M0 5h14"
                stroke={`var(${colour})`}
                strokeWidth="2"
                {...(dash && { strokeDasharray: dash.join(' ') })}
              />
            )}
          </svg>
          {name}
          {index !== null && <span className="font-mono text-ink">{shown(values[index], format)}</span>}
        </li>
      ))}
    </ul>
  )
}

/** The same as a table: for those who read it, and to copy from. */
function Numbers({ title, times, lines, format }: Pick<Props, 'title' | 'times' | 'lines' | 'format'>) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="mt-1 text-xs" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit cursor-pointer text-muted hover:text-ink">As a table</summary>
      {isOpen && (
        <div className="mt-2 max-h-64 overflow-auto" tabIndex={0} role="region" aria-label={`${title}, as a table`}>
          <table className="w-full text-right font-mono">
            <thead className="sticky top-0 bg-raised text-muted">
              <tr>
                <th scope="col" className="text-left font-normal">
                  from
                </th>
                {lines.map(({ name }) => (
                  <th key={name} scope="col" className="font-normal">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {times.map((time, index) => (
                <tr key={time}>
                  <th scope="row" className="text-left font-normal">
                    {new Date(time * 1_000).toLocaleString('en-GB', { dateStyle: 'short', timeStyle: 'short' })}
                  </th>
                  {lines.map(({ name, values }) => (
                    <td key={name}>{shown(values[index], format)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  )
}

function shown(value: number | null | undefined, format: Props['format']): string {
  return value == null ? '–' : format(value)
}
