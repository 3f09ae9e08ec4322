import { handleOutside, type Subscription, Unrecoverable } from '../../../bus/index.ts'
import { type EmailGateway, isPermanent } from '../email-gateway.ts'
import { ConfirmationEmailSent, SendConfirmationEmail } from '../messages.ts'
import { confirmationEmail } from '../model/confirmation-email.ts'

/**
 * Hands the mail to the mail server. When the server's answer is lost the mail is sent again, with the same
 * Message-ID: a repeat can be recognised, a loss could not.
 */
export function sendConfirmationEmailHandler(gateway: EmailGateway, appUrl: string): Subscription {
  const options = { timeoutMs: gateway.limitMs + 5_000, retry: { maxAttempts: 8, firstDelayMs: 1_000, factor: 2.5 } }
  return handleOutside(SendConfirmationEmail, options, async function sendConfirmationEmail(command, context) {
    const { userId, name, email, confirmationToken } = command
    const link = `${appUrl}/confirm?token=${encodeURIComponent(confirmationToken)}`
    const mail = { to: { name, address: email }, ...confirmationEmail({ name }, link) }
    try {
      const { messageIdHeader } = await gateway.send(mail, context.envelope.messageId, context.signal)
      context.publish(ConfirmationEmailSent, { userId })
      return { messageIdHeader }
    } catch (cause) {
      if (isPermanent(cause)) throw new Unrecoverable('The mail server refused the mail for good.', { cause })
      throw cause
    }
  })
}
