/**
 * Decides what is said to whom, how and when: plain data and one plain function, so that the rules can be read and
 * tested as a table. docs/communication.md shows the same table.
 */
import { LETTERS, type LetterName, TEXTS, type TextName } from './letters.ts'
import { isQuiet, type QuietHours, quietUntil } from './quiet-hours.ts'

/** What people can be told: by letter, by text, or both. */
export type Kind = LetterName | TextName

export const KINDS: readonly Kind[] = [...new Set<Kind>([...LETTERS, ...TEXTS])]

/** What people can agree to get beside what their account needs. */
export const PURPOSES = ['tips', 'news'] as const

export type Purpose = (typeof PURPOSES)[number]

export const CHANNELS = ['email', 'sms'] as const

export type Channel = (typeof CHANNELS)[number]

export interface Policy {
  /** By which ways it can go. Where there are two it goes by the preferred one. */
  channels: readonly Channel[]
  /** What the person must have agreed to; null where the account needs it. */
  consent: Purpose | null
  /** Whether it waits for the end of quiet hours. */
  waits: boolean
  /** At most one in so many hours. */
  onceInHours: number | null
  /** Whether it goes by e-mail whatever is preferred: what warns of somebody else must not be turned away by them. */
  alwaysByEmail: boolean
  /** Whether a person who asks for it can have it tried again at an address that bounced, a day later. */
  triesAgain: boolean
  /** Whether it is of no use once the address is confirmed. */
  untilConfirmed: boolean
  /** Whether it may go to a phone number that was given and never confirmed: it could be a stranger's. */
  toUnconfirmed: boolean
}

const AT_ONCE = {
  consent: null,
  waits: false,
  onceInHours: null,
  alwaysByEmail: false,
  triesAgain: false,
  untilConfirmed: false,
  toUnconfirmed: false,
}
const BY_EMAIL = { ...AT_ONCE, channels: ['email'] } as const
const AS_WARNING = { ...AT_ONCE, channels: ['email', 'sms'], alwaysByEmail: true } as const
const BY_SMS = { ...AT_ONCE, channels: ['sms'], toUnconfirmed: true } as const

export const POLICIES: Readonly<Record<Kind, Policy>> = {
  confirmation: { ...BY_EMAIL, triesAgain: true },
  'confirmation-reminder': { ...BY_EMAIL, waits: true, onceInHours: 24, untilConfirmed: true },
  'password-reset': { ...BY_EMAIL, triesAgain: true },
  'password-changed': AS_WARNING,
  'email-change': { ...BY_EMAIL, triesAgain: true },
  'email-change-notice': BY_EMAIL,
  'email-changed': BY_EMAIL,
  'phone-code': { ...BY_SMS, triesAgain: true },
  // Whoever changed the number may hold the new one: a text there would warn nobody. The old one is told, too.
  'phone-changed': BY_EMAIL,
  'phone-changed-notice': BY_SMS,
  'role-changed': BY_EMAIL,
  invitation: BY_EMAIL,
  'passkey-added': AS_WARNING,
  'passkey-removed': AS_WARNING,
  'account-deleted': BY_EMAIL,
  welcome: { ...BY_SMS, waits: true, onceInHours: 24 },
  tips: { ...BY_EMAIL, consent: 'tips', waits: true, onceInHours: 30 * 24 },
  news: { ...BY_EMAIL, consent: 'news', waits: true, onceInHours: 20 },
}

/** How one way to the person is. */
export interface Way {
  /** `unusable`: what was given cannot be dialled. `unconfirmed`: nobody has shown that it is theirs. */
  state: 'none' | 'unusable' | 'unconfirmed' | 'usable'
  /** Since when whatever is sent there comes back. */
  suppressedAt: Date | null
}

/** All that a decision depends on. */
export interface Facts {
  kind: Kind
  now: Date
  email: Way
  phone: Way
  /** The one to use where there is a choice. */
  preferred: Channel
  consents: readonly Purpose[]
  quietHours: QuietHours | null
  timeZone: string
  /** When the person was told the like last. */
  lastAt: Date | null
  /** Since when the person's address is known to be read. */
  emailConfirmedAt: Date | null
}

/** Why the rules keep something back. */
export const SKIP_REASONS = ['no-consent', 'confirmed-since', 'told-already', 'no-address', 'suppressed'] as const

export type SkipReason = (typeof SKIP_REASONS)[number]

/** `because` says it in words, for whoever looks at it. */
export type Decision =
  | { decision: 'send'; channels: readonly Channel[]; because: string }
  | { decision: 'schedule'; channels: readonly Channel[]; at: Date; because: string }
  | { decision: 'skip'; reason: SkipReason; because: string }

const HOUR_MS = 3_600_000
const TRY_AGAIN_AFTER_MS = 24 * HOUR_MS

export function decide(facts: Facts): Decision {
  const policy = POLICIES[facts.kind]
  const { consent } = policy
  if (consent && !facts.consents.includes(consent)) return skip('no-consent', `has not agreed to ${consent}`)
  if (policy.untilConfirmed && facts.emailConfirmedAt) return skip('confirmed-since', 'the address was confirmed since')
  if (isTooSoon(policy, facts)) return skip('told-already', `one ${facts.kind} in ${policy.onceInHours} hours`)
  const channels = channelsFor(policy, facts)
  if (channels.length === 0) return whyNoWay(policy, facts)
  const because = `${consent ? `agreed to ${consent}` : 'the account needs it'}, by ${channels.join(' and ')}`
  const { quietHours, timeZone, now } = facts
  if (!policy.waits || !quietHours || !isQuiet(quietHours, timeZone, now))
    return { decision: 'send', channels, because }
  const at = quietUntil(quietHours, timeZone, now)
  // Not which hours, nor where: it is kept in clear.
  return { decision: 'schedule', channels, at, because: `${because}, after quiet hours` }
}

function skip(reason: SkipReason, because: string): Decision {
  return { decision: 'skip', reason, because }
}

function isTooSoon({ onceInHours }: Policy, { lastAt, now }: Facts): boolean {
  return onceInHours !== null && lastAt !== null && now.getTime() - lastAt.getTime() < onceInHours * HOUR_MS
}

function channelsFor(policy: Policy, facts: Facts): readonly Channel[] {
  const open = policy.channels.filter((channel) => isOpen(policy, wayOf(facts, channel), facts.now))
  const chosen = open.find((channel) => channel === facts.preferred) ?? open[0]
  return open.filter((channel) => channel === chosen || (channel === 'email' && policy.alwaysByEmail))
}

function wayOf({ email, phone }: Facts, channel: Channel): Way {
  return channel === 'email' ? email : phone
}

function isOpen({ triesAgain, toUnconfirmed }: Policy, { state, suppressedAt }: Way, now: Date): boolean {
  if (state !== 'usable' && !(toUnconfirmed && state === 'unconfirmed')) return false
  if (suppressedAt === null) return true
  return triesAgain && now.getTime() - suppressedAt.getTime() >= TRY_AGAIN_AFTER_MS
}

function whyNoWay({ channels }: Policy, facts: Facts): Decision {
  const ways = channels.map((channel) => ({ channel, ...wayOf(facts, channel) }))
  const closed = ways.find(({ suppressedAt }) => suppressedAt !== null)
  if (closed) return skip('suppressed', `what goes there by ${closed.channel} comes back`)
  const isUnusable = ways.some(({ state }) => state === 'unusable')
  return skip('no-address', isUnusable ? 'the phone number cannot be dialled' : `no address for ${channels.join(', ')}`)
}

/** Why no text is sent to a new account, or null when the other rules decide. */
export function whyNoWelcomeSms({ phone }: { phone: string | null }): string | null {
  return phone === null ? 'no phone number given' : null
}
