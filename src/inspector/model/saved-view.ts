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
/** It counts no further. */
export const MOST_COUNTED = 1_000

/** A view of which too much was sent, or was until a short while ago. */
export interface ViewAlert {
  viewId: string
  name: string
  filter: string
  icon: ViewIcon
  alertFrom: number
  count: number
  /** Since when; null where there is no longer too much. */
  since: string | null
  clearedAt: string | null
}
