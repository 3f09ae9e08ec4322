import { type BodyOf, type EffectfulContext, handleOutside, type Subscription } from '../../../bus/index.ts'
import { type EmailGateway, LATER } from '../email-gateway.ts'
import { writeLetter } from '../letters/letter.ts'
import { ConfirmationReminderSent, EmailBounced, EmailSent, SendEmail } from '../messages.ts'
import { letterLink } from '../model/letter-links.ts'
import type { LetterName } from '../model/letters.ts'
import { momentInWords } from '../model/moment-words.ts'
import { plainName } from '../model/plain-name.ts'
import { POLICIES } from '../model/rules.ts'

/** Hands a letter to the mail server, as the confirmation is: again with the same Message-ID when an answer is lost. */
export function sendEmailHandler(gateway: EmailGateway, appUrl: string): Subscription {
  return handleOutside(SendEmail, emailOptions(gateway), async function sendEmail(command, context) {
    const { letter, email, name, locale } = command
    const written = await writeLetter(letter, locale, factsOf(command, appUrl))
    const mail = { to: { name: plainName(name), address: email }, ...written, ...unsubscribing(letter, appUrl) }
    const reply = await gateway.send(mail, context.envelope.messageId, context.signal)
    if (reply.outcome === 'sent') tellSent(command, context)
    else context.publish(EmailBounced, { userId: command.userId, letter, email, answer: reply.answer })
    return reply
  })
}

export function emailOptions({ limitMs }: EmailGateway) {
  return { timeoutMs: limitMs + 5_000, retry: { maxAttempts: 8, firstDelayMs: 1_000, factor: 2.5 }, errors: [LATER] }
}

function tellSent({ userId, letter }: BodyOf<typeof SendEmail>, { publish }: EffectfulContext): void {
  if (letter === 'confirmation-reminder') publish(ConfirmationReminderSent, { userId })
  else publish(EmailSent, { userId, letter })
}

function factsOf(
  { letter, locale, timeZone, name, token, validUntil, details }: BodyOf<typeof SendEmail>,
  appUrl: string,
) {
  return {
    name,
    appUrl,
    link: token === null ? null : letterLink(letter, token, appUrl),
    validUntil: validUntil && momentInWords(new Date(validUntil), locale, timeZone),
    ...details,
  }
}

function unsubscribing(letter: LetterName, appUrl: string): { unsubscribeUrl?: string } {
  return POLICIES[letter].consent ? { unsubscribeUrl: `${appUrl}/account/messages` } : {}
}
