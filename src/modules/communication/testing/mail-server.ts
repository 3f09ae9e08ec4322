/** A mail server that does what a test tells it to do. */
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface Taken {
  messageId: string
  /** Which connection brought it, counted from 1. */
  connection: number
  isSecure: boolean
  user: string | undefined
}

/**
 * What becomes of the next mail:
 * - an answer like `450 4.2.0 not now`, at the recipient or after the mail.
 * - `drops`: has the mail, and closes the connection without an answer.
 */
export type Behaviour = { recipient: string } | { data: string } | 'takes' | 'drops'

export class MailServer {
  readonly taken: Taken[] = []
  behaviours: Behaviour[] = []
  connections = 0
  #server: SMTPServer | undefined

  /** Resolves with its address; `auth` and `query` become a part of it. */
  async start({
    options = {},
    auth = '',
    query = '',
  }: {
    options?: SMTPServerOptions
    auth?: string
    query?: string
  } = {}) {
    const numbers = new Map<string, number>()
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: options.onAuth ? [] : ['STARTTLS', 'AUTH'],
      logger: false,
      closeTimeout: 50,
      onConnect: (session, done) => {
        this.connections += 1
        numbers.set(session.id, this.connections)
        done()
      },
      onRcptTo: (_, __, done) => {
        const [next] = this.behaviours
        if (typeof next !== 'object' || !('recipient' in next)) return done()
        this.behaviours.shift()
        done(refusal(next.recipient))
      },
      onData: (stream, session, done) => {
        let text = ''
        stream.on('data', (chunk: Buffer) => {
          text += chunk.toString()
        })
        stream.on('end', () => {
          const behaviour = this.behaviours.shift() ?? 'takes'
          if (typeof behaviour === 'object') return done(refusal('data' in behaviour ? behaviour.data : '451 no'))
          this.taken.push({
            messageId: /^Message-ID: (\S+)/im.exec(text)?.[1] ?? '',
            connection: numbers.get(session.id) ?? 0,
            isSecure: session.secure,
            user: session.user,
          })
          if (behaviour === 'takes') return done()
          for (const connection of server.connections)
            (connection as { _socket?: { destroy(): void } })._socket?.destroy()
        })
      },
      ...options,
    })
    server.on('error', () => {})
    this.#server = server
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.server.address()
    return `smtp://${auth}127.0.0.1:${typeof address === 'object' ? address?.port : address}${query}`
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => (this.#server ? this.#server.close(() => resolve()) : resolve()))
  }
}

function refusal(answer: string): Error {
  return Object.assign(new Error(answer.slice(4)), { responseCode: Number(answer.slice(0, 3)) })
}
