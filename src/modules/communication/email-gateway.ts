import { createTransport } from 'nodemailer'

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

const LIMIT_MS = 25_000

/** Speaks SMTP to the server at `smtpUrl`. */
export function createEmailGateway({ smtpUrl, mailFrom }: { smtpUrl: string; mailFrom: string }): EmailGateway {
  const domain = /@([^\s>]+)>?$/.exec(mailFrom)?.[1] ?? 'localhost'
  return {
    limitMs: LIMIT_MS,
    send: async (email, key, signal) => {
      const transport = createTransport(smtpUrl, {
        connectionTimeout: 5_000,
        greetingTimeout: 10_000,
        socketTimeout: LIMIT_MS,
      } as object)
      const close = () => transport.close()
      signal.addEventListener('abort', close, { once: true })
      try {
        signal.throwIfAborted()
        const messageIdHeader = `<${key}@${domain}>`
        await transport.sendMail({ ...email, from: mailFrom, messageId: messageIdHeader })
        return { messageIdHeader }
      } finally {
        signal.removeEventListener('abort', close)
        transport.close()
      }
    },
  }
}

/** Whether the server said that trying again cannot help: an answer of the 5xx kind. */
export function isPermanent(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: unknown }
  return typeof responseCode === 'number' && responseCode >= 500
}
