import type { AlertLevel, AlertState, Clearance } from './alerts.ts'

/** A filter of the live list that somebody gave a name. */
export interface SavedView {
  viewId: string
  name: string
  filter: string
  icon: ViewIcon
  /** The digit that opens it. */
  shortcut: number | null
  /** From how many messages on, within {@link ALERT_MINUTES}, it is an alert. */
  alertFrom: number | null
  isShared: boolean
  isOwn: boolean
  /** Name of whoever saved it. */
  owner: string
}

export const VIEW_ICONS = ['bookmark', 'star', 'bug', 'flame', 'warning', 'mail', 'person', 'clock'] as const
export type ViewIcon = (typeof VIEW_ICONS)[number]

/** So far back is looked for what an alert counts. */
export const ALERT_MINUTES = 15
/** An alert from more is not to be had. */
export const MOST_ALERT_FROM = 1_000
/** From so many times as many on it is urgent. */
export const URGENT_TIMES = 2
/** It counts no further. */
export const MOST_COUNTED = MOST_ALERT_FROM * URGENT_TIMES
/** So many messages are looked at for one view. */
export const MOST_LOOKED_AT = 20_000

/** Views that one person keeps at most, and those of them that may be alerts: all of these are counted again and again. */
export const MOST_VIEWS = 50
export const MOST_ALERTS = 10

/** A view of which too much was sent, or was until a short while ago. */
export interface ViewAlert {
  viewId: string
  name: string
  filter: string
  icon: ViewIcon
  alertFrom: number
  count: number
  /** As of when it was known. */
  state: AlertState
  level: AlertLevel
  /** Who has said that it is seen to, where it is. */
  clearance: Clearance | null
  /** Since when; null where there is no longer too much. */
  since: string | null
  clearedAt: string | null
  /** Since when nobody can say whether there is too much; null while it is known. */
  unknownSince: string | null
}

export interface ViewAlerts {
  alerts: ViewAlert[]
  /** How many there are besides. */
  more: number
}

/** What is said of an alert, and since when it is so. */
export function alertWords({ count, state, since, clearedAt, unknownSince }: ViewAlert): {
  state: AlertState | 'not known'
  count: string | null
  at: string
} {
  if (unknownSince !== null) return { state: 'not known', count: null, at: unknownSince }
  if (since === null) return { state: 'resolved', count: null, at: clearedAt ?? '' }
  return {
    state,
    count: `${count >= MOST_COUNTED ? 'at least ' : ''}${count.toLocaleString('en')}`,
    at: since,
  }
}
