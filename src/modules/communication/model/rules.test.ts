import { describe, expect, it } from 'vitest'
import { TEXTS } from './letters.ts'
import { type Decision, decide, type Facts, KINDS, POLICIES, whyNoWelcomeSms } from './rules.ts'

const NOW = new Date('2026-03-01T21:30:00Z')
const HOUR_MS = 3_600_000
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS)
const usable = { state: 'usable', suppressedAt: null } as const
const unconfirmed = { state: 'unconfirmed', suppressedAt: null } as const
const none = { state: 'none', suppressedAt: null } as const
const bounced = (hours: number) => ({ state: 'usable' as const, suppressedAt: hoursAgo(hours) })

const facts = (kind: Facts['kind'], more: Partial<Facts> = {}): Facts => ({
  kind,
  now: NOW,
  email: usable,
  phone: none,
  preferred: 'email',
  consents: [],
  quietHours: null,
  timeZone: 'UTC',
  lastAt: null,
  emailConfirmedAt: null,
  ...more,
})
/** 22:30 in Berlin. */
const night = { quietHours: { from: '22:00', until: '07:00' }, timeZone: 'Europe/Berlin' }
const day = { quietHours: { from: '09:00', until: '17:00' }, timeZone: 'Europe/Berlin' }
const brief = (decision: Decision) =>
  decision.decision === 'skip'
    ? `skip: ${decision.reason}`
    : [
        decision.decision,
        ...decision.channels,
        ...(decision.decision === 'schedule' ? [decision.at.toISOString()] : []),
      ].join(' ')

const MORNING = '2026-03-02T06:00:00.000Z'

describe('the rules', () => {
  it.each<[string, Facts, string]>([
    ['a confirmation goes by e-mail at once', facts('confirmation'), 'send email'],
    ['a confirmation is not held back at night', facts('confirmation', night), 'send email'],
    ['a password reset is not held back at night', facts('password-reset', night), 'send email'],
    ['a code is not held back at night', facts('phone-code', { ...night, phone: usable }), 'send sms'],
    ['a notice of security is not held back at night', facts('password-changed', night), 'send email'],
    ['a reminder waits for the morning', facts('confirmation-reminder', night), `schedule email ${MORNING}`],
    ['a reminder goes at once outside of quiet hours', facts('confirmation-reminder', day), 'send email'],
    ['a welcome waits for the morning', facts('welcome', { ...night, phone: usable }), `schedule sms ${MORNING}`],
    ['tips go to whoever has agreed', facts('tips', { consents: ['tips'] }), 'send email'],
    ['tips wait for the morning', facts('tips', { consents: ['tips'], ...night }), `schedule email ${MORNING}`],
    ['tips do not go to whoever has not agreed', facts('tips'), 'skip: no-consent'],
    ['consent to one thing is none to another', facts('news', { consents: ['tips'] }), 'skip: no-consent'],
    ['news go to whoever has agreed', facts('news', { consents: ['tips', 'news'] }), 'send email'],
    ['account notices need no consent', facts('passkey-added'), 'send email'],
    [
      'a notice of security goes by text, too, where that is preferred, and never by text alone',
      facts('passkey-added', { phone: usable, preferred: 'sms' }),
      'send email sms',
    ],
    [
      'a notice of security goes by e-mail alone where that is preferred',
      facts('passkey-added', { phone: usable }),
      'send email',
    ],
    ['a notice goes by e-mail where there is no number', facts('passkey-added', { preferred: 'sms' }), 'send email'],
    [
      'a letter does not become a text by preference',
      facts('confirmation', { phone: usable, preferred: 'sms' }),
      'send email',
    ],
    [
      'a notice goes by text where mail comes back',
      facts('password-changed', { email: bounced(1), phone: usable }),
      'send sms',
    ],
    ['nothing goes where mail comes back', facts('password-changed', { email: bounced(99) }), 'skip: suppressed'],
    [
      'a confirmation is not tried again on the same day',
      facts('confirmation', { email: bounced(23) }),
      'skip: suppressed',
    ],
    ['a confirmation is tried again after a day', facts('confirmation', { email: bounced(24) }), 'send email'],
    ['a reminder is not tried again', facts('confirmation-reminder', { email: bounced(24) }), 'skip: suppressed'],
    ['a code goes to a number that is not confirmed', facts('phone-code', { phone: unconfirmed }), 'send sms'],
    ['a welcome does, too', facts('welcome', { phone: unconfirmed }), 'send sms'],
    [
      "a notice of security does not: the number could be a stranger's",
      facts('password-changed', { phone: unconfirmed, preferred: 'sms' }),
      'send email',
    ],
    [
      'nor where mail comes back',
      facts('password-changed', { phone: unconfirmed, email: bounced(99) }),
      'skip: suppressed',
    ],
    [
      'a change of number is told by e-mail alone',
      facts('phone-changed', { phone: usable, preferred: 'sms' }),
      'send email',
    ],
    [
      'the number that was changed is told by text, at night and whoever has it by now',
      facts('phone-changed-notice', { ...night, phone: unconfirmed }),
      'send sms',
    ],
    ['a change of role is told at night', facts('role-changed', night), 'send email'],
    ['no welcome without a number', facts('welcome'), 'skip: no-address'],
    [
      'no welcome to what cannot be dialled',
      facts('welcome', { phone: { state: 'unusable', suppressedAt: null } }),
      'skip: no-address',
    ],
    ['one reminder a day', facts('confirmation-reminder', { lastAt: hoursAgo(23) }), 'skip: told-already'],
    ['another reminder after a day', facts('confirmation-reminder', { lastAt: hoursAgo(24) }), 'send email'],
    ['no reminder of what is done', facts('confirmation-reminder', { emailConfirmedAt: NOW }), 'skip: confirmed-since'],
    ['tips once a month', facts('tips', { consents: ['tips'], lastAt: hoursAgo(29 * 24) }), 'skip: told-already'],
    ['news once a day', facts('news', { consents: ['news'], lastAt: hoursAgo(19) }), 'skip: told-already'],
    ['resets as often as they are asked for', facts('password-reset', { lastAt: hoursAgo(0) }), 'send email'],
    ['without consent nothing else is looked at', facts('tips', { lastAt: NOW, email: none }), 'skip: no-consent'],
  ])('%s', (_, given, expected) => {
    expect(brief(decide(given))).toBe(expected)
  })

  it('says why, in words', () => {
    expect(decide(facts('tips', { consents: ['tips'], ...night }))).toMatchObject({
      because: 'agreed to tips, by email, after quiet hours',
    })
    expect(decide(facts('password-changed', { email: bounced(1) }))).toMatchObject({
      because: 'what goes there by email comes back',
    })
  })

  it('have a text for whatever can go by text', () => {
    const kinds = KINDS.filter((kind) => POLICIES[kind].channels.some((channel) => channel === 'sms'))
    expect([...kinds].sort()).toEqual([...TEXTS].sort())
  })

  it.each([
    [null, 'no phone number given'],
    ['+491701234567', null],
  ])('leave the welcome text to the phone %s out because: %s', (phone, reason) => {
    expect(whyNoWelcomeSms({ phone })).toBe(reason)
  })
})
