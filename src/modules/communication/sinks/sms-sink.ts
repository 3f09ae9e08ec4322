import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { Received } from '../store.ts'
import type { Sink } from './smtp-sink.ts'

const smsSchema = z.object({ to: z.string(), text: z.string().max(2_000) })
const MAX_BYTES = 64 * 1024

/** An SMS provider's HTTP API that keeps what it receives. */
export function createSmsSink(keep: (received: Received) => Promise<string>): Sink {
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    receive(request)
      .then(keep)
      .then(
        (id) => answer(201, { id }),
        (error: unknown) => answer(error instanceof z.ZodError ? 400 : 500, { error: 'The text was not taken.' }),
      )
  })
  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(0, '127.0.0.1', () =>
          resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`),
        )
      }),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function receive(request: IncomingMessage): Promise<Received> {
  let body = ''
  for await (const chunk of request) {
    body += String(chunk)
    if (body.length > MAX_BYTES) throw new Error('too long')
  }
  const { to, text } = smsSchema.parse(JSON.parse(body))
  const key = request.headers['idempotency-key']
  return {
    channel: 'sms',
    sender: 'Waybill',
    recipient: to,
    subject: null,
    text,
    html: null,
    externalId: typeof key === 'string' ? key : null,
  }
}
