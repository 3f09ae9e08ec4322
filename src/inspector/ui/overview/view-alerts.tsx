'use client'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { Link } from '../../../web/components/link.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { ALERT_MINUTES, alertWords, MOST_LOOKED_AT, URGENT_TIMES, type ViewAlert } from '../../model/saved-view.ts'
import { Ago } from '../ago.tsx'
import { ViewMark } from '../live/view-mark.tsx'
import { ALERT_LOOKS } from './alert-looks.ts'
import { ClearAlert, ClearedBy } from './clear-alert.tsx'

const EVERY_MS = 5_000

/** Saved views of which too much was sent, or nobody knows, and those that have just got well again. */
export function ViewAlerts({ now, mayAct }: { now: number | null; mayAct: boolean }) {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.inspector.viewAlerts.queryOptions(undefined, { refetchInterval: EVERY_MS }))
  if (!data || data.alerts.length === 0) return null
  return (
    <section aria-label="Alerts of saved views">
      <ul className="flex flex-wrap gap-2 text-sm">
        {data.alerts.map((alert) => (
          <li key={alert.viewId} className="flex items-center gap-1">
            <AlertLink alert={alert} now={now} />
            <ClearAlert {...alert} alert={alert.viewId} state={alertWords(alert).state} mayAct={mayAct} />
          </li>
        ))}
        {data.more > 0 && <li className="py-1.5 text-muted">and {data.more.toLocaleString('en')} more</li>}
      </ul>
    </section>
  )
}

function AlertLink({ alert, now }: { alert: ViewAlert; now: number | null }) {
  const { name, filter, icon } = alert
  const { state, count, at } = alertWords(alert)
  const { shape, border, colour } = ALERT_LOOKS[state]
  return (
    <Link
      href={`/inspector/live?q=${encodeURIComponent(filter)}`}
      prefetch={false}
      title={hintOf(alert)}
      className={clsx('flex items-center gap-2 rounded-md border px-3 py-1.5 hover:bg-tint', border)}
    >
      <span aria-hidden="true" className={colour}>
        {shape}
      </span>
      <ViewMark icon={icon} />
      <span className="[overflow-wrap:anywhere]">
        <span className="font-medium">
          <ForeignText text={name} />
        </span>{' '}
        {state}
      </span>
      <span className="text-xs text-muted">
        {alert.clearance && (
          <>
            <ClearedBy clearance={alert.clearance} now={now} />;{' '}
          </>
        )}
        {count !== null && `${count}, `}
        <Ago iso={at} now={now} />
      </span>
    </Link>
  )
}

function hintOf({ filter, alertFrom, unknownSince }: ViewAlert): string {
  const rule = `${filter}: raised from ${alertFrom}, elevated from ${alertFrom * URGENT_TIMES} in ${ALERT_MINUTES} minutes`
  if (unknownSince === null) return rule
  return `${rule}. It could not be counted: of so many messages the newest ${MOST_LOOKED_AT.toLocaleString('en')} are looked at. A type or a handler in the filter leaves fewer.`
}
