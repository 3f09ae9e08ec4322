'use client'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import Link from 'next/link'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { ALERT_MINUTES, MOST_COUNTED, type ViewAlert } from '../../model/saved-view.ts'
import { Ago } from '../ago.tsx'
import { ViewMark } from '../live/view-mark.tsx'

const EVERY_MS = 5_000

/** Saved views of which too much was sent, and those that have just got well again. */
export function ViewAlerts({ now }: { now: number | null }) {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.inspector.viewAlerts.queryOptions(undefined, { refetchInterval: EVERY_MS }))
  if (!data || data.length === 0) return null
  return (
    <section aria-label="Alerts of saved views">
      <ul className="flex flex-wrap gap-2 text-sm">
        {data.map((alert) => (
          <li key={alert.viewId}>
            <Raised alert={alert} now={now} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Raised({ alert, now }: { alert: ViewAlert; now: number | null }) {
  const { name, filter, icon, alertFrom, count, since, clearedAt } = alert
  const isRaised = since !== null
  return (
    <Link
      href={`/inspector/live?q=${encodeURIComponent(filter)}`}
      prefetch={false}
      title={`${filter}: an alert from ${alertFrom} in ${ALERT_MINUTES} minutes`}
      className={clsx(
        'flex items-center gap-2 rounded-md border bg-raised px-3 py-1.5 hover:bg-tint',
        isRaised ? 'border-danger' : 'border-line text-muted',
      )}
    >
      <span aria-hidden="true" className={isRaised ? 'text-danger' : ''}>
        {isRaised ? '▲' : '✓'}
      </span>
      <ViewMark icon={icon} />
      <span className="[overflow-wrap:anywhere]">
        <span className="font-medium">
          <ForeignText text={name} />
        </span>{' '}
        {isRaised ? 'raised' : 'cleared'}
      </span>
      <span className="text-xs text-muted">
        {isRaised && `${count.toLocaleString('en')}${count >= MOST_COUNTED ? ' or more' : ''}, `}
        <Ago iso={since ?? clearedAt ?? ''} now={now} />
      </span>
    </Link>
  )
}
