import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { Received } from '../store.ts'

const MAX_MAIL_BYTES = 5 * 1024 * 1024

export interface Sink {
  /** Starts on a free local port. Resolves with the address for a gateway. */
  start(): Promise<string>
  stop(): Promise<void>
}

/** A real SMTP server that keeps what it receives: the client code is the same as for any other server. */
export function createSmtpSink(keep: (received: Received) => Promise<unknown>): Sink {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: MAX_MAIL_BYTES,
    // Clients keep connections for the next mail; nobody waits for that one.
    closeTimeout: 100,
    logger: false,
    onData: (stream, session, accepted) => {
      const recipient = session.envelope.rcptTo.map((to) => to.address).join(', ')
      simpleParser(stream)
        .then((mail) =>
          keep({
            channel: 'email',
            sender: mail.from?.text ?? '',
            recipient,
            subject: mail.subject ?? null,
            text: mail.text ?? '',
            html: typeof mail.html === 'string' ? mail.html : null,
            externalId: mail.messageId ?? null,
          }),
        )
        // An error is answered with 451: the client tries again later.
        .then(
          () => accepted(),
          () => accepted(Object.assign(new Error('The mailbox cannot keep the mail now.'), { responseCode: 451 })),
        )
    },
  })
  // A client that drops its connection is no fault of the server.
  server.on('error', () => {})
  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.server.once('error', reject)
        server.listen(0, '127.0.0.1', () => {
          const address = server.server.address()
          resolve(`smtp://127.0.0.1:${typeof address === 'object' ? address?.port : address}`)
        })
      }),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
