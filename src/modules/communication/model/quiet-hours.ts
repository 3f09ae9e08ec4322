import { Cron } from 'croner'

/** A part of every day, by the clock on the person's wall. It may go over midnight. */
export interface QuietHours {
  /** `22:00`. */
  from: string
  /** `07:00`, when it is no longer quiet. */
  until: string
}

export function isQuiet({ from, until }: QuietHours, timeZone: string, now: Date): boolean {
  const time = wallTime(timeZone, now)
  return from <= until ? from <= time && time < until : from <= time || time < until
}

/** When the clock on the person's wall shows the end next. On a day that skips that time, when it shows a later one. */
export function quietUntil({ until }: QuietHours, timeZone: string, now: Date): Date {
  const [hours, minutes] = until.split(':').map(Number)
  const next = new Cron(`${minutes} ${hours} * * *`, { timezone: timeZone, paused: true }).nextRun(now)
  if (!next) throw new Error(`The clock in ${timeZone} never shows ${until}.`)
  return next
}

function wallTime(timeZone: string, now: Date): string {
  return now.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** Whether it is a zone of the time zone database. */
export function isTimeZone(text: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: text }))
  } catch {
    return false
  }
}
