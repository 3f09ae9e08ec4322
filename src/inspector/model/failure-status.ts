/** How a kind of failure stands: what operators said of it, and what happened since. */

export const MARK_STATES = ['new', 'acknowledged', 'resolved', 'ignored'] as const
export type MarkState = (typeof MARK_STATES)[number]
export type FailureStatus = MarkState | 'regressed'

export interface FailureMarkView {
  state: MarkState
  owner: string | null
  note: string | null
  ignoreMore: number | null
  /** How many had died of it when this was said. */
  countThen: number
  actorId: string
  markedAt: string
}

export interface FailureFacts {
  /** How many died of it in each of the last 24 hours, the newest last; whether or not they are dead still. */
  trend: number[]
  /** Since it was seen first; null where nobody counted. */
  everCount: number | null
  /** Release of the node on which it was seen first; null where that is not known. */
  firstVersion: string | null
  mark: FailureMarkView | null
  status: FailureStatus
}

/** What was resolved and kills again is regressed; what was ignored up to a number is new again beyond it. */
export function statusOf(mark: FailureMarkView | null, lastAt: string | null, everCount: number): FailureStatus {
  if (!mark) return 'new'
  if (mark.state === 'resolved') return lastAt !== null && lastAt > mark.markedAt ? 'regressed' : 'resolved'
  if (mark.state === 'ignored') return leftToIgnore(mark, everCount) > 0 ? 'ignored' : 'new'
  return mark.state
}

/** How many more may die of it unheard. */
export function leftToIgnore({ ignoreMore, countThen }: FailureMarkView, everCount: number): number {
  return Math.max(0, (ignoreMore ?? 0) - Math.max(0, everCount - countThen))
}
