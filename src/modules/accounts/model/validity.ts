const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** For how long what is sent to people works. */
export const VALIDITY_MS = {
  confirmation: 7 * DAY_MS,
  invitation: 7 * DAY_MS,
  emailChange: DAY_MS,
  passwordReset: HOUR_MS,
  code: 10 * MINUTE_MS,
} as const

export function validUntil(now: Date, what: keyof typeof VALIDITY_MS): Date {
  return new Date(now.getTime() + VALIDITY_MS[what])
}
