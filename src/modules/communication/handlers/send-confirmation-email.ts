import { type EffectfulContext, handleOutside, type Subscription, Unrecoverable } from '../../../bus/index.ts'
import { type Email, type EmailGateway, isPermanent, LATER } from '../email-gateway.ts'
import { ConfirmationEmailSent, SendConfirmationEmail } from '../messages.ts'
import { confirmationEmail } from '../model/confirmation-email.ts'

/**
 * Hands the mail to the mail server. When the server's answer is lost the mail is sent again, with the same
 * Message-ID: a repeat can be recognised, a loss could not.
 */
export function sendConfirmationEmailHandler(gateway: EmailGateway, appUrl: string): Subscription {
  return handleOutside(
    SendConfirmationEmail,
    emailOptions(gateway),
    async function sendConfirmationEmail(command, context) {
      const { userId, name, email, confirmationToken } = command
      const link = confirmationLink(appUrl, confirmationToken)
      const mail = { to: { name, address: email }, ...confirmationEmail({ name }, link) }
      const reply = await sendEmail(gateway, mail, context)
      context.publish(ConfirmationEmailSent, { userId })
      return reply
    },
  )
}

export function emailOptions({ limitMs }: EmailGateway) {
  return { timeoutMs: limitMs + 5_000, retry: { maxAttempts: 8, firstDelayMs: 1_000, factor: 2.5 }, errors: [LATER] }
}

export function confirmationLink(appUrl: string, token: string): string {
  return `${appUrl}/confirm?token=${encodeURIComponent(token)}`
}

/** @throws Unrecoverable when the server refuses for good. */
export async function sendEmail(gateway: EmailGateway, mail: Email, { envelope, signal }: EffectfulContext) {
  try {
    return await gateway.send(mail, envelope.messageId, signal)
  } catch (cause) {
    if (isPermanent(cause)) throw new Unrecoverable('The mail server refused the mail for good.', { cause })
    throw cause
  }
}
