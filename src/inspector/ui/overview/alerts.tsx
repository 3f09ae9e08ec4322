import clsx from 'clsx'
import { type Alert, alertsOf, LIMITS, type Watched } from '../../model/alerts.ts'
import { formatAge, formatRateOf, type Overview } from '../../model/overview.ts'
import { ALERT_LOOKS } from './alert-looks.ts'
import { ClearAlert, ClearedBy } from './clear-alert.tsx'

const WHAT: Record<Watched, string> = {
  failing: 'Handlers failing',
  oldest: 'Oldest waiting',
  retrying: 'Retrying',
  dead: 'Dead',
}

interface Props {
  overview: Overview
  /** Null until the page runs. */
  now: number | null
  mayAct: boolean
}

/** What is above its limit, how that moved, and what has just got well again. Nothing to say takes no room. */
export function Alerts({ overview, now, mayAct }: Props) {
  const alerts = alertsOf(overview)
  if (alerts.length === 0) return null
  return (
    <section aria-label="Alerts">
      <ul className="flex flex-wrap gap-2 text-sm">
        {alerts.map((alert) => (
          <li
            key={alert.what}
            title={limitWords(alert.what)}
            className={clsx('flex items-center gap-2 rounded-md border px-3 py-1.5', ALERT_LOOKS[alert.state].border)}
          >
            <span aria-hidden="true" className={ALERT_LOOKS[alert.state].colour}>
              {ALERT_LOOKS[alert.state].shape}
            </span>
            <span>
              <span className="font-medium">{WHAT[alert.what]}</span> {alert.state}
            </span>
            <span className="text-xs text-muted">
              {alert.clearance && (
                <>
                  <ClearedBy clearance={alert.clearance} now={now} />;{' '}
                </>
              )}
              {sinceWords(alert)}
            </span>
            <ClearAlert alert={alert.what} name={WHAT[alert.what]} mayAct={mayAct} {...alert} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function sinceWords({ what, state, minutes, isLonger, value }: Alert): string {
  const time =
    minutes === 0 ? 'just now' : `${isLonger ? 'more than ' : ''}${minutes} min${state === 'resolved' ? ' ago' : ''}`
  return state === 'resolved' ? time : `${what === 'oldest' ? formatAge(value) : formatRateOf(value)}, ${time}`
}

function limitWords(what: Watched): string {
  const limits = LIMITS[what]
  const format = what === 'oldest' ? formatAge : formatRateOf
  return `Raised from ${format(limits[0])}, elevated from ${format(limits[1])}; looked at once a minute`
}
