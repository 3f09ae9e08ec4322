import clsx from 'clsx'
import { Link } from '../../../web/components/link.tsx'
import { formatMs } from '../../model/durations.ts'
import { formatCount } from '../../model/handler-view.ts'
import { formatAge, formatRateOf, type HandlerWithHealth } from '../../model/overview.ts'
import { Ago } from '../ago.tsx'
import { Sparkline } from '../charts/sparkline.tsx'
import { useLights } from '../follow/followed-key.ts'
import { lit } from '../follow/lit.ts'
import { slipCells } from '../slip-cells.tsx'
import { HandlerControls, HandlerSettings } from './handler-controls.tsx'
import type { HandlerActions } from './use-handler-actions.ts'

const { Cell, Value } = slipCells('84rem')

interface Props {
  handler: HandlerWithHealth
  now: number | null
  mayAct: boolean
  actions: HandlerActions
}

/** One handler: a row of the table, on a narrower screen a slip of its own. */
export function HandlerRow({ handler, now, mayAct, actions }: Props) {
  const { subscription, message, isPaused, health } = handler
  const { percentiles } = health
  const lights = useLights()
  const age = handler.oldestDueAt && now !== null ? now - Date.parse(handler.oldestDueAt) : null
  return (
    <tr
      {...lit(lights?.handler(subscription))}
      className={clsx(
        'border-b border-line max-[84rem]:grid max-[84rem]:grid-cols-3 max-[84rem]:content-start max-[84rem]:gap-x-4 max-[84rem]:gap-y-2 max-[84rem]:rounded-md max-[84rem]:border max-[84rem]:bg-raised max-[84rem]:p-3',
        isPaused && 'bg-tint',
      )}
    >
      <Cell className="max-[84rem]:col-span-3">
        <Link
          href={`/inspector/handlers/${encodeURIComponent(subscription)}`}
          className="font-mono text-xs font-semibold [overflow-wrap:anywhere] underline-offset-4 hover:underline"
        >
          {subscription}
        </Link>
        {message.name !== subscription && (
          <span className="block font-mono text-xs [overflow-wrap:anywhere] text-muted">{message.name}</span>
        )}
      </Cell>
      <Cell className="max-[84rem]:col-span-2">
        <HandlerSettings handler={handler} />
      </Cell>
      <Cell className="w-20">
        <Sparkline values={health.trend.all} bad={health.trend.bad} />
      </Cell>
      <Value label="Rate">{health.attempts === 0 ? '0' : `${formatRateOf(health.perSecond * 60)}/min`}</Value>
      <Value label="Errors" isBad={health.errorShare > 0}>
        {shareOf(health.errorShare)}
      </Value>
      <Value label="p50">{msOf(percentiles?.p50)}</Value>
      <Value label="p90">{msOf(percentiles?.p90)}</Value>
      <Value label="p99">{msOf(percentiles?.p99)}</Value>
      <Value label="Max">{msOf(percentiles?.max)}</Value>
      <Value label="Waiting">{formatCount(handler.waiting)}</Value>
      <Value label="Oldest">{age === null ? '–' : formatAge(Math.max(0, age))}</Value>
      <Value label="In flight">{formatCount(handler.running)}</Value>
      <Value label="Retries">{shareOf(health.retryShare)}</Value>
      <Value label="Dead" isBad={handler.dead.count > 0}>
        {formatCount(handler.dead)}
      </Value>
      <Value label="Last success">
        {health.lastSuccessAt === null ? '–' : <Ago iso={health.lastSuccessAt} now={now} />}
      </Value>
      <Cell className="max-[84rem]:col-span-3">
        <HandlerControls handler={handler} mayAct={mayAct} actions={actions} />
      </Cell>
    </tr>
  )
}

export function msOf(ms: number | undefined): string {
  return ms === undefined ? '–' : ms < 1 ? '< 1 ms' : formatMs(ms)
}

export function shareOf(share: number): string {
  if (share === 0) return '0 %'
  return share < 0.01 ? '< 1 %' : `${Math.round(share * 100)} %`
}
