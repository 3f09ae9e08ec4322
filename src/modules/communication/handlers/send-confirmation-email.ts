import { handleOutside, type Subscription } from '../../../bus/index.ts'
import type { EmailGateway } from '../email-gateway.ts'
import { writeLetter } from '../letters/letter.ts'
import { ConfirmationEmailSent, EmailBounced, SendConfirmationEmail } from '../messages.ts'
import { letterLink } from '../model/letter-links.ts'
import { plainName } from '../model/plain-name.ts'
import { emailOptions } from './send-email.ts'

/**
 * Hands the mail to the mail server. When the server's answer is lost the mail is sent again, with the same
 * Message-ID: a repeat can be recognised, a loss could not.
 */
export function sendConfirmationEmailHandler(gateway: EmailGateway, appUrl: string): Subscription {
  return handleOutside(
    SendConfirmationEmail,
    emailOptions(gateway),
    async function sendConfirmationEmail(command, { envelope, signal, publish }) {
      const { userId, name, email, confirmationToken, locale = 'en' } = command
      const link = letterLink('confirmation', confirmationToken, appUrl)
      const letter = await writeLetter('confirmation', locale, { name, link, validUntil: null, appUrl })
      const mail = { to: { name: plainName(name), address: email }, ...letter }
      const reply = await gateway.send(mail, envelope.messageId, signal)
      if (reply.outcome === 'sent') publish(ConfirmationEmailSent, { userId })
      else publish(EmailBounced, { userId, letter: 'confirmation', email, answer: reply.answer })
      return reply
    },
  )
}
