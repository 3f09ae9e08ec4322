/** Communication: decides what is said to people, and says it through its gateways. */
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import type { Module } from '../../bus/index.ts'
import { createEmailGateway } from './email-gateway.ts'
import { decideConfirmationEmail } from './handlers/decide-confirmation-email.ts'
import { decideSms } from './handlers/decide-sms.ts'
import { sendConfirmationEmailHandler } from './handlers/send-confirmation-email.ts'
import { sendConfirmationReminderHandler } from './handlers/send-confirmation-reminder.ts'
import { sendSmsHandler } from './handlers/send-sms.ts'
import {
  ConfirmationEmailSent,
  ConfirmationReminderSent,
  SendConfirmationEmail,
  SendConfirmationReminder,
  SendSms,
  SmsSent,
} from './messages.ts'
import { createSmsSink } from './sinks/sms-sink.ts'
import { createSmtpSink, type Sink } from './sinks/smtp-sink.ts'
import { createSmsGateway } from './sms-gateway.ts'
import { insertReceived } from './store.ts'

export interface CommunicationOptions {
  smtpUrl: string
  smsUrl: string
  mailFrom: string
  /** Links in mails begin with it. */
  appUrl: string
}

export function createCommunicationModule(options: CommunicationOptions): Module {
  const email = createEmailGateway(options)
  return {
    name: 'communication',
    messages: [
      ...[SendConfirmationEmail, SendConfirmationReminder, SendSms],
      ...[ConfirmationEmailSent, ConfirmationReminderSent, SmsSent],
    ],
    subscriptions: [
      decideConfirmationEmail,
      decideSms,
      sendConfirmationEmailHandler(email, options.appUrl),
      sendConfirmationReminderHandler(email, options.appUrl),
      sendSmsHandler(createSmsGateway(options)),
    ],
  }
}

/** Where no real gateway is configured: servers on free local ports whose mail and texts show in `/mailbox`. */
export function createSinks(prisma: PrismaClient): { smtp: Sink; sms: Sink } {
  return {
    smtp: createSmtpSink((received) => insertReceived(prisma, received)),
    sms: createSmsSink((received) => insertReceived(prisma, received)),
  }
}
