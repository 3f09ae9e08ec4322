import { Cron } from 'croner'

/** When something recurs. */
export interface Recurrence {
  cron: string
  timeZone: string
}

/** The next times after an instant. */
export function nextDueTimes(recurrence: Recurrence, after: Date, count: number): Date[] {
  return parse(recurrence).nextRuns(count, after)
}

/** The newest time that has come by an instant, or null when there was none yet. */
export function lastDueTime(recurrence: Recurrence, by: Date): Date | null {
  // The library looks before an instant; what is due at that very instant counts.
  return parse(recurrence).previousRuns(1, new Date(by.getTime() + 1))[0] ?? null
}

/** @throws Error that says what is wrong with the expression or the zone. */
export function checkRecurrence(recurrence: Recurrence): void {
  if (nextDueTimes(recurrence, new Date(), 1).length === 0) {
    throw new Error(`The cron expression ${recurrence.cron} is never due.`)
  }
}

function parse({ cron, timeZone }: Recurrence): Cron {
  return new Cron(cron, { timezone: timeZone, paused: true })
}
