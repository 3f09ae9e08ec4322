import clsx from 'clsx'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { Link } from '../../../web/components/link.tsx'
import { StateGlyph } from '../../../web/components/state-glyph.tsx'
import { formatMs } from '../../model/durations.ts'
import { formatCount } from '../../model/handler-view.ts'
import { byWorst, formatRateOf, type HandlerWithHealth, isUnwell } from '../../model/overview.ts'
import { Sparkline } from '../charts/sparkline.tsx'
import { useLights } from '../follow/followed-key.ts'
import { lit } from '../follow/lit.ts'

/** Those that are well beyond this are one line. */
const SHOWN = 12

/** Every handler as a small card, the worst first. */
export function HandlerGrid({ handlers }: { handlers: readonly HandlerWithHealth[] }) {
  const sorted = [...handlers].sort(byWorst)
  const unwell = sorted.filter(isUnwell)
  const shown = sorted.slice(0, Math.max(SHOWN, unwell.length))
  const rest = sorted.length - shown.length
  return (
    <section aria-labelledby="handlers-title">
      <div className="mb-3 flex flex-wrap items-baseline gap-x-4">
        <h2 id="handlers-title" className="text-lg font-semibold tracking-tight">
          Handlers
        </h2>
        <p className="text-sm text-muted">
          {unwell.length === 0 ? 'All are well.' : `${unwell.length} of ${sorted.length} need a look; they come first.`}
        </p>
        <Link
          href="/inspector/handlers"
          className="ml-auto text-sm text-accent underline-offset-4 hover:underline max-sm:ml-0"
        >
          {rest > 0 ? `All ${sorted.length}` : 'As a table'}
        </Link>
      </div>
      <ul aria-label="Handlers, the worst first" className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">
        {shown.map((handler) => (
          <HandlerTile key={handler.subscription} handler={handler} />
        ))}
      </ul>
    </section>
  )
}

function HandlerTile({ handler }: { handler: HandlerWithHealth }) {
  const { subscription, health, dead } = handler
  const lights = useLights()
  return (
    <li>
      <Link
        {...lit(lights?.handler(subscription))}
        href={`/inspector/handlers/${encodeURIComponent(subscription)}`}
        className={clsx(
          'grid h-full content-start grid-cols-[minmax(0,1fr)_5rem] items-center gap-x-3 gap-y-1 rounded-md border bg-raised px-3 py-2 hover:border-muted',
          dead.count > 0 ? 'border-state-dead' : 'border-line',
        )}
      >
        <span className="text-sm font-medium [overflow-wrap:anywhere]" title={subscription}>
          <DottedName name={subscription} />
        </span>
        <Sparkline values={health.trend.all} bad={health.trend.bad} className="row-span-2" />
        <span className="flex items-center gap-1.5 truncate text-xs text-muted">
          <Condition handler={handler} />
        </span>
      </Link>
    </li>
  )
}

/** The worst that can be said of it, in a few words. */
function Condition({ handler }: { handler: HandlerWithHealth }) {
  const { dead, retrying, isPaused, outage, health } = handler
  if (outage) return <Sign state="dead" words="in outage, probing" />
  if (dead.count > 0) return <Sign state="dead" words={`${formatCount(dead)} dead`} />
  if (retrying.count > 0) return <Sign state="retrying" words={`${formatCount(retrying)} retrying`} />
  if (isPaused) return <Sign state="pending" words={`paused, ${formatCount(handler.waiting)} waiting`} />
  if (health.errorShare > 0) return <Sign state="retrying" words={`${Math.ceil(health.errorShare * 100)} % failed`} />
  if (health.attempts === 0) return 'nothing to do'
  return `${formatRateOf(health.perSecond * 60)}/min, p95 ${health.percentiles ? formatMs(health.percentiles.p95) : '–'}`
}

function Sign({ state, words }: { state: 'dead' | 'retrying' | 'pending'; words: string }) {
  return (
    <>
      <StateGlyph state={state} size={12} />
      <span className="text-ink">{words}</span>
    </>
  )
}
