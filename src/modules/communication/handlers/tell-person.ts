import { type BodyOf, handle, type Subscription, type TransactionalContext } from '../../../bus/index.ts'
import { writeText } from '../letters/text-messages.ts'
import { MessageWithheld, SendConfirmationReminder, SendEmail, SendSms, TellPerson } from '../messages.ts'
import { LETTERS, type Locale, TEXTS } from '../model/letters.ts'
import { dialableNumber } from '../model/phone-number.ts'
import { type Decision, decide, type Facts, type Kind, POLICIES, type Way } from '../model/rules.ts'
import { findRecipient, noteTold, type Recipient, UNCHOSEN } from '../store.ts'

/** What a person is to be told. What is not said here is taken from what is known of the person. */
export interface Telling {
  userId: string
  kind: Kind
  name?: string
  email?: string | null
  phone?: string | null
  token?: string | null
  validUntil?: string | null
  details?: BodyOf<typeof TellPerson>['details'] | undefined
  /** For whoever has never been here. */
  locale?: Locale
}

export type Told = Pick<Decision, 'decision' | 'because'>

/** Decides by the rules, and sends what they say: a letter, a text, itself at a later time, or why nothing. */
export async function tellPerson(telling: Telling, context: TransactionalContext): Promise<Told> {
  const { userId, kind } = telling
  const now = context.clock.now()
  const recipient = await findRecipient(context.tx, userId, kind)
  const decided = decide(factsOf(telling, recipient, now))
  const { decision, because } = decided
  if (decided.decision === 'skip') {
    context.publish(MessageWithheld, { userId, kind, reason: decided.reason, because })
  } else if (decided.decision === 'schedule') {
    context.send(TellPerson, { ...withNulls(withoutOwn(telling, recipient)), because }, { at: decided.at })
  } else {
    for (const channel of decided.channels) {
      if (channel === 'email') sendLetter(telling, recipient, because, context)
      else sendText(telling, recipient, because, context)
    }
    if (POLICIES[kind].onceInHours !== null && recipient) await noteTold(context.tx, userId, kind, now)
  }
  return { decision, because }
}

export function withNulls(telling: Telling): BodyOf<typeof TellPerson> {
  const { userId, kind, name = '', email = null, phone = null, token = null, validUntil = null, details } = telling
  return { userId, kind, name, email, phone, token, validUntil, ...(details && { details }) }
}

/** What is the person's own is looked up when it goes out: an address or number that they gave up is not written to. */
function withoutOwn(telling: Telling, recipient: Recipient | null): Telling {
  const { email, phone } = telling
  return {
    ...telling,
    email: email === recipient?.email ? null : (email ?? null),
    phone: phone === recipient?.phone ? null : (phone ?? null),
  }
}

function factsOf(telling: Telling, recipient: Recipient | null, now: Date): Facts {
  const { quietFrom, quietUntil } = recipient ?? {}
  return {
    kind: telling.kind,
    now,
    email: emailWay(telling, recipient),
    phone: phoneWay(telling, recipient),
    preferred: recipient?.channel ?? UNCHOSEN.channel,
    consents: recipient?.consents ?? [],
    quietHours: quietFrom && quietUntil ? { from: quietFrom, until: quietUntil } : null,
    timeZone: recipient?.timeZone ?? UNCHOSEN.timeZone,
    lastAt: recipient?.lastAt ?? null,
    emailConfirmedAt: recipient?.emailConfirmedAt ?? null,
  }
}

function emailWay({ email }: Telling, recipient: Recipient | null): Way {
  const address = email ?? recipient?.email
  if (!address) return { state: 'none', suppressedAt: null }
  // What came back from the person's own address says nothing about another.
  return { state: 'usable', suppressedAt: address === recipient?.email ? recipient.emailSuppressedAt : null }
}

function phoneWay({ phone }: Telling, recipient: Recipient | null): Way {
  const number = phone ?? recipient?.phone
  if (!number) return { state: 'none', suppressedAt: null }
  const isOwn = number === recipient?.phone
  const suppressedAt = isOwn ? recipient.phoneSuppressedAt : null
  if (!dialableNumber(number)) return { state: 'unusable', suppressedAt }
  return { state: isOwn && recipient.phoneConfirmedAt ? 'usable' : 'unconfirmed', suppressedAt }
}

type Sending = Pick<TransactionalContext, 'send' | 'clock'>

function sendLetter(telling: Telling, recipient: Recipient | null, because: string, { send, clock }: Sending): void {
  const { userId, kind, token = null, validUntil = null, details } = telling
  const letter = LETTERS.find((each) => each === kind)
  const email = telling.email ?? recipient?.email
  if (!letter || !email) throw new Error(`There is no letter ${kind}, or no address for it.`)
  const body = {
    userId,
    letter,
    locale: recipient?.locale ?? telling.locale ?? UNCHOSEN.locale,
    timeZone: recipient?.timeZone ?? UNCHOSEN.timeZone,
    name: telling.name || recipient?.name || '',
    email,
    token,
    validUntil,
    ...(details && { details }),
    because,
  }
  send(SendEmail, body, untilUseless(validUntil, clock.now()))
}

function sendText(telling: Telling, recipient: Recipient | null, because: string, { send, clock }: Sending): void {
  const { userId, kind, token, validUntil = null } = telling
  const text = TEXTS.find((each) => each === kind)
  const phone = telling.phone ?? recipient?.phone
  if (!text || !phone) throw new Error(`There is no text ${kind}, or no number for it.`)
  const locale = recipient?.locale ?? telling.locale ?? UNCHOSEN.locale
  const body = {
    userId,
    phone,
    text: writeText(text, locale, { name: telling.name || recipient?.name || '' }),
    kind: text,
    ...(token && { code: token }),
    because,
  }
  send(SendSms, body, untilUseless(validUntil, clock.now()))
}

/** A link or a code that does not work any more is of no use to anybody. */
function untilUseless(validUntil: string | null, now: Date): { ttlMs?: number } {
  return validUntil ? { ttlMs: Math.max(0, Date.parse(validUntil) - now.getTime()) } : {}
}

/** Decides anew: what a person wants may have changed since. */
export const tellPersonHandler: Subscription = handle(TellPerson, {}, (command, context) =>
  tellPerson(command, context),
)

/** The registration asks; whether and when the reminder goes out the rules decide. */
export const remindHandler: Subscription = handle(SendConfirmationReminder, {}, (command, context) => {
  const { confirmationToken: token, ...person } = command
  return tellPerson({ ...person, kind: 'confirmation-reminder', token }, context)
})
