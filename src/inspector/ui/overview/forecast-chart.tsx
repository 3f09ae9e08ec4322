import { Link } from '../../../web/components/link.tsx'
import type { Forecast } from '../../model/overview.ts'
import { SpreadDialog } from './spread-dialog.tsx'

interface Props {
  forecast: Forecast
  mayAct: boolean
}

/** Retries that are scheduled for the next hour, minute by minute: a storm is seen before it comes. */
export function ForecastChart({ forecast: { minutes, total, isMore, worst }, mayAct }: Props) {
  const highest = Math.max(...minutes, 1)
  const peak = minutes.indexOf(highest)
  return (
    <section aria-labelledby="forecast-title" className="rounded-md border border-line bg-raised p-4">
      <h2 id="forecast-title" className="text-sm font-semibold">
        Retries in the next hour
      </h2>
      {total === 0 ? (
        <p className="mt-2 text-sm text-muted">None is scheduled.</p>
      ) : (
        <>
          <p className="mt-1 text-sm text-muted">
            {total.toLocaleString('en')}
            {isMore && ' or more'} scheduled, the most ({highest.toLocaleString('en')}){' '}
            {peak === 0 ? 'within a minute' : `in ${peak} min`}.
          </p>
          <svg viewBox="0 0 240 56" preserveAspectRatio="none" aria-hidden="true" className="mt-3 h-14 w-full">
            {minutes.map((count, minute) => {
              const height = (count / highest) * 54
              return (
                <rect
                  key={minute}
                  x={minute * 4}
                  width="3"
                  y={56 - Math.max(height, 0.75)}
                  height={Math.max(height, 0.75)}
                  className={count > 0 ? 'fill-state-retrying' : 'fill-line'}
                />
              )
            })}
          </svg>
          <p aria-hidden="true" className="mt-1 flex justify-between font-mono text-xs text-muted">
            <span>now</span>
            <span>+30 min</span>
            <span>+1 h</span>
          </p>
          <ul className="mt-2 grid gap-1 text-sm">
            {worst.map(({ subscription, count }) => (
              <li key={subscription} className="flex items-center gap-3">
                <Link
                  href={`/inspector/handlers/${encodeURIComponent(subscription)}`}
                  className="truncate font-mono text-xs underline-offset-4 hover:underline"
                >
                  {subscription}
                </Link>
                <span className="ml-auto font-mono text-xs">{count.toLocaleString('en')}</span>
                <SpreadDialog subscription={subscription} count={count} mayAct={mayAct} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
