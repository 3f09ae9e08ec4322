import { Socket } from 'node:net'
import { createTransport } from 'nodemailer'
import type { ErrorRule } from '../../bus/index.ts'

export interface Email {
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
}

export interface EmailGateway {
  /** Longest time that one send takes, in milliseconds. */
  readonly limitMs: number
  /** Resolves when the server has taken the mail. `key` becomes its Message-ID: the same for every repeat. */
  send(email: Email, key: string, signal: AbortSignal): Promise<{ messageIdHeader: string }>
}

/** Mail servers may take their time, some on purpose; nobody waits for them. */
const LIMIT_MS = 55_000
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: LIMIT_MS, socketTimeout: LIMIT_MS }

/** Speaks SMTP to the server at `smtpUrl`. */
export function createEmailGateway({ smtpUrl, mailFrom }: { smtpUrl: string; mailFrom: string }): EmailGateway {
  const domain = /@([^\s>]+)>?$/.exec(mailFrom)?.[1] ?? 'localhost'
  return {
    limitMs: LIMIT_MS,
    send: async (email, key, signal) => {
      signal.throwIfAborted()
      // A socket of our own: nodemailer cannot be told to break off a mail that it has begun.
      const socket = new Socket({ signal })
      const transport = createTransport({ url: smtpUrl, socket, ...TIMEOUTS })
      try {
        const messageIdHeader = `<${key}@${domain}>`
        await transport.sendMail({ ...email, from: mailFrom, messageId: messageIdHeader })
        return { messageIdHeader }
      } finally {
        transport.close()
      }
    },
  }
}

/** A mail server that does not know us yet wants to see us come back; sooner than this it only says no again. */
export const LATER: ErrorRule = { when: isTemporary, do: { retryAfterMs: 60_000 } }

/** Whether the server asked to come again later, as greylisting does: an answer of the 4xx kind. */
function isTemporary(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: unknown }
  return typeof responseCode === 'number' && responseCode >= 400 && responseCode < 500
}

/** Whether the server said that trying again cannot help: an answer of the 5xx kind. */
export function isPermanent(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: unknown }
  return typeof responseCode === 'number' && responseCode >= 500
}
