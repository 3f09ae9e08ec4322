/** Communication: decides what is said to people, and says it through its gateways. */
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import type { Module } from '../../bus/index.ts'
import { createEmailGateway } from './email-gateway.ts'
import { announceNews } from './handlers/announce-news.ts'
import { decideConfirmationEmail } from './handlers/decide-confirmation-email.ts'
import { decideSms } from './handlers/decide-sms.ts'
import { notices } from './handlers/notices.ts'
import { decideTips, setPreferences } from './handlers/preferences.ts'
import { recipientChanges } from './handlers/recipients.ts'
import { sendConfirmationEmailHandler } from './handlers/send-confirmation-email.ts'
import { sendEmailHandler } from './handlers/send-email.ts'
import { sendSmsHandler } from './handlers/send-sms.ts'
import { remindHandler, tellPersonHandler } from './handlers/tell-person.ts'
import {
  AnnounceNews,
  ConfirmationEmailSent,
  ConfirmationReminderSent,
  EmailBounced,
  EmailSent,
  MessageWithheld,
  PreferencesChanged,
  SendConfirmationEmail,
  SendConfirmationReminder,
  SendEmail,
  SendSms,
  SetPreferences,
  SmsRejected,
  SmsSent,
  TellPerson,
} from './messages.ts'
import { createSmsSink } from './sinks/sms-sink.ts'
import { createSmtpSink, type Sink } from './sinks/smtp-sink.ts'
import { createSmsGateway } from './sms-gateway.ts'
import { insertReceived, listTextsTo } from './store.ts'

export { communicationTables } from './personal-tables.ts'

export interface CommunicationOptions {
  smtpUrl: string
  smsUrl: string
  mailFrom: string
  /** Links in mails begin with it. */
  appUrl: string
}

export interface CommunicationModule extends Module {
  /** Ends the connections to the mail server. */
  close(): void
}

export function createCommunicationModule(options: CommunicationOptions): CommunicationModule {
  const email = createEmailGateway(options)
  return {
    name: 'communication',
    messages: [
      ...[SendConfirmationEmail, SendConfirmationReminder, SendEmail, SendSms, TellPerson, SetPreferences],
      ...[ConfirmationEmailSent, ConfirmationReminderSent, EmailSent, EmailBounced, SmsSent, SmsRejected],
      ...[MessageWithheld, PreferencesChanged, AnnounceNews],
    ],
    subscriptions: [
      decideConfirmationEmail,
      decideSms,
      ...notices,
      ...recipientChanges,
      setPreferences,
      decideTips,
      announceNews,
      tellPersonHandler,
      remindHandler,
      sendConfirmationEmailHandler(email, options.appUrl),
      sendEmailHandler(email, options.appUrl),
      sendSmsHandler(createSmsGateway(options)),
    ],
    close: () => email.close(),
  }
}

/** Where no real gateway is configured: servers on free local ports whose mail and texts show in `/mailbox`. */
export function createSinks(prisma: PrismaClient): { smtp: Sink; sms: Sink } {
  return {
    smtp: createSmtpSink((received) => insertReceived(prisma, received)),
    sms: createSmsSink({
      keep: (received) => insertReceived(prisma, received),
      listTo: (recipient) => listTextsTo(prisma, recipient),
    }),
  }
}
