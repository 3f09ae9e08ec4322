/** What communication accepts and tells. */
import { z } from 'zod'
import { defineCommand, defineEvent, personal, secret } from '../../bus/message.ts'
import { LETTERS, LOCALES, PHONE_CHANGES, TEXTS } from './model/letters.ts'
import { CHANNELS, KINDS, PURPOSES, SKIP_REASONS } from './model/rules.ts'

const userId = z.uuid()
const name = personal(z.string())
const email = personal(z.email())
const locale = personal(z.enum(LOCALES))
const timeZone = personal(z.string())
/** Why it is sent, by which rule; for whoever looks at it. */
const because = z.string().optional()

/** The mail server took it, or said that nobody gets mail at that address. */
const emailOutcome = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('sent'), messageIdHeader: z.string() }),
  z.object({ outcome: z.literal('bounced'), answer: z.string() }),
])

export const SendConfirmationEmail = defineCommand('communication.send-confirmation-email', {
  description: 'Asks to send the first letter, with the link by which the address is confirmed.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    name,
    email,
    confirmationToken: secret(z.string()),
    locale: locale.optional(),
  }),
  reply: emailOutcome,
})

export const SendConfirmationReminder = defineCommand('communication.send-confirmation-reminder', {
  description: 'Asks to remind somebody who has not confirmed the address, with a link of its own. The rules decide.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, name, email, confirmationToken: secret(z.string()), validUntil: z.iso.datetime() }),
  reply: z.object({ decision: z.enum(['send', 'schedule', 'skip']), because: z.string() }),
})

/** What a letter says beside its fixed words. */
const details = z.object({
  newEmail: email.optional(),
  /** What became of the passkeys at a reset of the password. */
  passkeys: z.enum(['removed', 'kept']).optional(),
  /** What the person calls a passkey. */
  label: personal(z.string()).optional(),
  role: z.string().optional(),
  phone: personal(z.string()).optional(),
  phoneChange: z.enum(PHONE_CHANGES).optional(),
  headline: z.string().optional(),
  text: z.string().optional(),
})

/** What one person is to be told; by which way and when, the rules decide. */
const telling = z.object({
  userId,
  kind: z.enum(KINDS),
  name,
  /** Where it is to go, where that is not the person's own address. */
  email: email.nullable(),
  /** Where it is to go, where that is not the person's own number. */
  phone: personal(z.string()).nullable(),
  /** For the link in it, or a code. */
  token: secret(z.string()).nullable(),
  validUntil: z.iso.datetime().nullable(),
  details: details.optional(),
})

export const TellPerson = defineCommand('communication.tell-person', {
  description:
    'Asks to tell a person something as soon as the rules allow it; sent for the end of quiet hours, with its reason.',
  version: 1,
  subject: 'userId',
  body: telling.extend({ because }),
  reply: z.object({ decision: z.enum(['send', 'schedule', 'skip']), because: z.string() }),
})

const newsItem = z.object({ headline: z.string().min(1).max(200), text: z.string().min(1).max(10_000) })

export const AnnounceNews = defineCommand('communication.announce-news', {
  description:
    'Asks to tell everybody who has agreed to news, each in their language. An operator sends it by the command line.',
  version: 1,
  body: z.object({
    en: newsItem,
    /** Null where there is none in German: those who read it get the English one. */
    de: newsItem.nullable(),
    /** The last person who was told; it goes on after that one. */
    after: z.uuid().nullable().optional(),
  }),
  reply: z.object({ told: z.int() }),
})

export const SendEmail = defineCommand('communication.send-email', {
  description: 'Asks the mail server to take a letter.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    letter: z.enum(LETTERS),
    locale,
    timeZone,
    name,
    email,
    /** For the link in it. */
    token: secret(z.string()).nullable(),
    validUntil: z.iso.datetime().nullable(),
    details: details.optional(),
    because,
  }),
  reply: emailOutcome,
})

export const SendSms = defineCommand('communication.send-sms', {
  description: 'Asks the SMS provider to take a text.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    phone: personal(z.string()),
    text: personal(z.string()),
    kind: z.enum(TEXTS).optional(),
    /** Takes the place of `{code}` in the text. */
    code: secret(z.string()).optional(),
    because,
  }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('sent'), providerId: z.string() }),
    z.object({ outcome: z.literal('rejected'), answer: z.string() }),
  ]),
})

export const ConfirmationEmailSent = defineEvent('communication.confirmation-email-sent', {
  description: 'The mail server took the mail.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
})

export const ConfirmationReminderSent = defineEvent('communication.confirmation-reminder-sent', {
  description: 'The mail server took the reminder.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
})

export const EmailSent = defineEvent('communication.email-sent', {
  description: 'The mail server took another letter.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, letter: z.enum(LETTERS) }),
})

export const EmailBounced = defineEvent('communication.email-bounced', {
  description: 'The mail server says that nobody gets mail at the address, now and later.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, letter: z.enum(LETTERS), email, answer: z.string() }),
})

export const SmsSent = defineEvent('communication.sms-sent', {
  description: 'The SMS provider took the text.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, kind: z.enum(TEXTS).optional() }),
})

export const SmsRejected = defineEvent('communication.sms-rejected', {
  description: 'The SMS provider says that no text will reach the number, now and later.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, kind: z.enum(TEXTS).optional(), phone: personal(z.string()), answer: z.string() }),
})

export const MessageWithheld = defineEvent('communication.message-withheld', {
  description: 'The rules kept something back from a person, and why.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    kind: z.enum(KINDS),
    reason: z.enum(SKIP_REASONS),
    because: z.string(),
  }),
})

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Please give a time like 22:00.')

/** How somebody wants to be written to tells when they sleep and where they live. */
const preferences = z.object({
  userId,
  locale,
  timeZone,
  channel: personal(z.enum(CHANNELS)),
  quietHours: personal(z.object({ from: timeOfDay, until: timeOfDay })).nullable(),
  /** What the person agrees to, of all that can be agreed to. */
  consents: personal(z.array(z.enum(PURPOSES)).max(PURPOSES.length)),
})

export const SetPreferences = defineCommand('communication.set-preferences', {
  description: 'Asks to note how a person wants to be written to.',
  version: 1,
  subject: 'userId',
  body: preferences,
  reply: z.object({ outcome: z.enum(['set', 'unknown-person']) }),
})

export const PreferencesChanged = defineEvent('communication.preferences-changed', {
  description: 'The person has said how they want to be written to.',
  version: 1,
  subject: 'userId',
  body: preferences,
})
