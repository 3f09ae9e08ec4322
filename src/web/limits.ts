/** How often one may try: the table, how the environment changes it, and what somebody is told who tried too often. */
import { TRPCError } from '@trpc/server'

export interface Limit {
  times: number
  seconds: number
}

const MINUTES = 60
const HOURS = 60 * MINUTES
const DAYS = 24 * HOURS

/**
 * `address`: what one address (of IPv6 a /64) may do with whomever. `account`: what everybody together may do with one
 * account or e-mail address, whether there is such an account or not.
 */
export const LIMITS = {
  // A school or an office is one address; each sign-up costs a password hash.
  'sign-up.address': { times: 300, seconds: HOURS },
  'sign-up.account': { times: 5, seconds: HOURS },

  // A right password is not counted. Devices at which the account's own person has logged in before count by themselves
  // alone: whoever tries passwords elsewhere does not keep that person out.
  'log-in.address': { times: 50, seconds: 15 * MINUTES },
  'log-in.account-from-address': { times: 10, seconds: 15 * MINUTES },
  'log-in.account': { times: 50, seconds: HOURS },
  'log-in.known-device': { times: 10, seconds: 15 * MINUTES },
  'passkey.address': { times: 100, seconds: 15 * MINUTES },
  // Each look at the log-in page makes one, for the browser to offer passkeys with.
  'passkey-challenge.address': { times: 1_000, seconds: 15 * MINUTES },

  // Somebody who is logged in gives the password once more. A right one is not counted.
  'password-again.account': { times: 10, seconds: 15 * MINUTES },

  'reset.address': { times: 10, seconds: HOURS },
  'reset.account': { times: 3, seconds: HOURS },
  'resend.address': { times: 10, seconds: HOURS },
  'resend.account': { times: 3, seconds: HOURS },
  'email-change.account': { times: 5, seconds: HOURS },
  'phone-code.address': { times: 10, seconds: HOURS },
  'phone-code.account': { times: 5, seconds: HOURS },
  'phone-code-entry.account': { times: 5, seconds: 15 * MINUTES },
  'invitation.account': { times: 30, seconds: HOURS },
  'invitation.invited': { times: 3, seconds: DAYS },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof LIMITS
export type LimitTable = Readonly<Record<LimitName, Limit>>

/** Which limits one try counts for, and under what; `null` or absent: not under this one. In the order of the table: the first that is reached ends it. */
export type Tries = { readonly [Name in LimitName]?: string | null }

export interface Limits {
  /** @throws TRPCError TOO_MANY_REQUESTS with when to try again; those after it are not counted then */
  count(tries: Tries): Promise<void>
  /**
   * Looks at one try, which is counted unless it turns out to be right. However many right ones come at once, none is
   * refused for the others: a few are looked at at a time, and the rest wait for them.
   *
   * @throws TRPCError TOO_MANY_REQUESTS before it is looked at
   */
  attempt<Answer>(tries: Tries, look: () => Promise<Answer>, isRight: (answer: Answer) => boolean): Promise<Answer>
}

/** Why a try was refused, for programs. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached'
  readonly limit: LimitName
  readonly retryAfterSeconds: number

  constructor(limit: LimitName, retryAfterSeconds: number) {
    super(`The limit ${limit} is reached.`)
    this.limit = limit
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export function tooManyTries(limit: LimitName, waitMs: number): TRPCError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  return new TRPCError({
    code: 'TOO_MANY_REQUESTS',
    message: `There were too many tries. Please wait ${waitInWords(seconds)}, then try again.`,
    cause: new LimitReached(limit, seconds),
  })
}

export function waitInWords(seconds: number): string {
  if (seconds < 60) return counted(seconds, 'second')
  if (seconds < 90 * 60) return counted(Math.ceil(seconds / 60), 'minute')
  return counted(Math.ceil(seconds / 3600), 'hour')
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

const UNITS = { s: 1, m: MINUTES, h: HOURS, d: DAYS } as const
const SETTING = /^([\w.-]+)=(\d{1,9})\/(\d{0,6})([smhd])$/

/**
 * The table with what `text` changes of it, like `sign-up.address=100/1h, reset.account=5/30m`.
 *
 * @returns what is wrong instead, in words
 */
export function changeLimits(text: string): LimitTable | { problem: string } {
  const changed: Record<LimitName, Limit> = { ...LIMITS }
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part === '') continue
    const [, name = '', times = '', period = '', unit = ''] = SETTING.exec(part) ?? []
    if (name === '') return { problem: `Give limits like sign-up.address=100/1h; ${JSON.stringify(part)} is none.` }
    if (!isLimitName(name)) return { problem: `Give limits of these names: ${Object.keys(LIMITS).join(', ')}.` }
    const seconds = Number(period || 1) * UNITS[unit as keyof typeof UNITS]
    if (Number(times) < 1 || seconds < 1 || seconds > 30 * DAYS)
      return { problem: `Give ${name} once or more within at most 30 days.` }
    changed[name] = { times: Number(times), seconds }
  }
  return changed
}

function isLimitName(name: string): name is LimitName {
  return Object.hasOwn(LIMITS, name)
}
