import { handleOutside, type Subscription } from '../../../bus/index.ts'
import type { EmailGateway } from '../email-gateway.ts'
import { ConfirmationReminderSent, SendConfirmationReminder } from '../messages.ts'
import { confirmationReminder } from '../model/confirmation-email.ts'
import { confirmationLink, emailOptions, sendEmail } from './send-confirmation-email.ts'

/** Hands the reminder to the mail server, as {@link sendConfirmationEmailHandler} does the first mail. */
export function sendConfirmationReminderHandler(gateway: EmailGateway, appUrl: string): Subscription {
  return handleOutside(
    SendConfirmationReminder,
    emailOptions(gateway),
    async function sendConfirmationReminder(command, context) {
      const { userId, name, email, confirmationToken, validUntil } = command
      const link = confirmationLink(appUrl, confirmationToken)
      const mail = { to: { name, address: email }, ...confirmationReminder({ name }, link, new Date(validUntil)) }
      const reply = await sendEmail(gateway, mail, context)
      context.publish(ConfirmationReminderSent, { userId })
      return reply
    },
  )
}
