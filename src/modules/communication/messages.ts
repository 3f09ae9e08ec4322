/** What communication accepts and tells. */
import { z } from 'zod'
import { defineCommand, defineEvent, personal, secret } from '../../bus/message.ts'

const userId = z.uuid()

export const SendConfirmationEmail = defineCommand('communication.send-confirmation-email', {
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    name: personal(z.string()),
    email: personal(z.email()),
    confirmationToken: secret(z.string()),
  }),
  reply: z.object({ messageIdHeader: z.string() }),
})

/** Asks to remind somebody who has not confirmed the address, with a link of its own. */
export const SendConfirmationReminder = defineCommand('communication.send-confirmation-reminder', {
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    name: personal(z.string()),
    email: personal(z.email()),
    confirmationToken: secret(z.string()),
    validUntil: z.iso.datetime(),
  }),
  reply: z.object({ messageIdHeader: z.string() }),
})

export const SendSms = defineCommand('communication.send-sms', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, phone: personal(z.string()), text: personal(z.string()) }),
  reply: z.object({ providerId: z.string() }),
})

/** The mail server took the mail. */
export const ConfirmationEmailSent = defineEvent('communication.confirmation-email-sent', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
})

/** The mail server took the reminder. */
export const ConfirmationReminderSent = defineEvent('communication.confirmation-reminder-sent', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
})

/** The SMS provider took the text. */
export const SmsSent = defineEvent('communication.sms-sent', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
})
