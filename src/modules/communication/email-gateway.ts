import { createTransport } from 'nodemailer'
import { type ErrorRule, Unrecoverable } from '../../bus/index.ts'
import { bounceOf, isPermanent, isTemporary, isWithoutTls } from './model/smtp-answer.ts'

export interface Email {
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
  /** Where the person can stop letters of this kind. */
  unsubscribeUrl?: string
}

export type EmailOutcome = { outcome: 'sent'; messageIdHeader: string } | { outcome: 'bounced'; answer: string }

export interface EmailGateway {
  /** Longest time that one send takes, in milliseconds. */
  readonly limitMs: number
  /**
   * Resolves when the server has taken the mail, or has said that nobody gets mail at the address. `key` becomes its
   * Message-ID: the same for every repeat.
   *
   * @throws Unrecoverable when the server refuses for good for another reason.
   */
  send(email: Email, key: string, signal: AbortSignal): Promise<EmailOutcome>
  /** Ends the connections that are kept open for the next mail. */
  close(): void
}

/** Mail servers may take their time, some on purpose; nobody waits for them. */
const LIMIT_MS = 55_000
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: LIMIT_MS, socketTimeout: LIMIT_MS }
/** As many as the handlers send at once; each is ended when it has had nothing to do for a while. */
const POOL = { pool: true, maxConnections: 10, idleTimeout: 15_000 } as const

/** Speaks SMTP to the server at `smtpUrl`, whose parameters can say more: docs/communication.md lists them. */
export function createEmailGateway({ smtpUrl, mailFrom }: { smtpUrl: string; mailFrom: string }): EmailGateway {
  const domain = /@([^\s>]+)>?$/.exec(mailFrom)?.[1] ?? 'localhost'
  // Not repeated in here: whatever is tried again is an attempt of its delivery, and seen as one.
  const transport = createTransport({ url: smtpUrl, ...POOL, ...TIMEOUTS, maxRequeues: 0 })
  return {
    limitMs: LIMIT_MS,
    send: async ({ unsubscribeUrl, ...email }, key, signal) => {
      signal.throwIfAborted()
      const messageId = `<${key}@${domain}>`
      const list = unsubscribeUrl ? { unsubscribe: { url: unsubscribeUrl, comment: '' } } : {}
      const headers = { 'Auto-Submitted': 'auto-generated' }
      try {
        await transport.sendMail({ ...email, from: mailFrom, messageId, list, headers, signal })
        return { outcome: 'sent', messageIdHeader: messageId }
      } catch (cause) {
        return bounced(cause)
      }
    },
    close: () => transport.close(),
  }
}

function bounced(cause: unknown): EmailOutcome {
  const answer = bounceOf(cause)
  if (answer) return { outcome: 'bounced', answer }
  if (isPermanent(cause)) throw new Unrecoverable('The mail server refused the mail for good.', { cause })
  if (isWithoutTls(cause)) throw new NoTlsError({ cause })
  throw cause
}

class NoTlsError extends Error {
  override readonly name = 'NoTlsError'
  readonly code = 'ETLS'

  constructor(options: ErrorOptions) {
    const wayOut = 'Where the net to it is yours alone, add requireTLS=false to SMTP_URL.'
    super(`The mail server cannot be spoken to with TLS, and mail is not sent without. ${wayOut}`, options)
  }
}

/** A mail server that does not know us yet wants to see us come back; sooner than this it only says no again. */
export const LATER: ErrorRule = { when: isTemporary, do: { retryAfterMs: 60_000 } }
