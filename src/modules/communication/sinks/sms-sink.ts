import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { Received } from '../store.ts'
import type { Sink } from './smtp-sink.ts'

const smsSchema = z.object({ To: z.string(), Body: z.string().max(2_000), From: z.string().default('Waybill') })
const MAX_BYTES = 64 * 1024

/** A text that was kept. */
interface Kept {
  id: string
  recipient: string
  text: string
  receivedAt: Date
}

interface Keeping {
  keep(received: Received): Promise<string>
  /** The newest texts to a number. */
  listTo(recipient: string): Promise<Kept[]>
}

/** An SMS provider with Twilio's HTTP API that keeps what it receives. */
export function createSmsSink({ keep, listTo }: Keeping): Sink {
  const take = async (request: IncomingMessage) => {
    const received = await receive(request)
    return toTwilio({ ...received, id: await keep(received), receivedAt: new Date() })
  }
  const list = async (url: URL) => ({
    messages: (await listTo(url.searchParams.get('To') ?? '')).map(toTwilio),
  })
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (!url.pathname.endsWith('/Messages.json'))
      return answer(404, { code: 20_404, message: 'There is no such thing.' })
    const [status, answered] = request.method === 'POST' ? [201, take(request)] : [200, list(url)]
    answered.then(
      (body) => answer(status, body),
      (error: unknown) => answer(error instanceof z.ZodError ? 400 : 500, { message: 'The text was not taken.' }),
    )
  })
  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(0, '127.0.0.1', () =>
          resolve(`http://AClocal:local@127.0.0.1:${(server.address() as AddressInfo).port}/2010-04-01?From=Waybill`),
        )
      }),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function toTwilio({ id, recipient, text, receivedAt }: Kept) {
  return { sid: id, to: recipient, body: text, status: 'delivered', date_created: receivedAt.toUTCString() }
}

async function receive(request: IncomingMessage): Promise<Received> {
  let body = ''
  for await (const chunk of request) {
    body += String(chunk)
    if (body.length > MAX_BYTES) throw new Error('too long')
  }
  const { To, Body, From } = smsSchema.parse(Object.fromEntries(new URLSearchParams(body)))
  const key = request.headers['idempotency-key']
  return {
    channel: 'sms',
    sender: From,
    recipient: To,
    subject: null,
    text: Body,
    html: null,
    externalId: typeof key === 'string' ? key : null,
  }
}
