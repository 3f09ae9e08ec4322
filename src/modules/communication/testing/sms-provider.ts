/** An SMS provider with Twilio's API that does what a test tells it to do. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Taken {
  sid: string
  to: string
  body: string
  status: string
  date_created: string
}

/**
 * - a status, perhaps with headers and Twilio's code: answered with it, nothing taken.
 * - `takes`: as it should be.
 * - `takes and drops`: has the text, and closes the connection without an answer.
 * - `drops`: closes the connection, and has nothing.
 * - `never answers`.
 */
export type Behaviour =
  | { status: number; headers?: Record<string, string>; code?: number }
  | 'takes'
  | 'takes and drops'
  | 'drops'
  | 'never answers'

export class SmsProvider {
  readonly taken: Taken[] = []
  readonly requests: { method: string; path: string; authorization: string; key: string }[] = []
  /** What it does with the next texts, one after the other; then it takes them. */
  behaviours: Behaviour[] = []
  /** Texts it has taken but does not list yet. */
  isListBehind = false
  /** What it answers where it is asked for its list; it gives it where this is null. */
  listStatus: number | null = null
  url = ''
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    const { port } = this.#server.address() as AddressInfo
    this.url = `http://AC123:a%20token@127.0.0.1:${port}/2010-04-01?From=%2B15005550006`
    return this
  }

  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://localhost')
    const { authorization = '', 'idempotency-key': key } = request.headers
    this.requests.push({ method: request.method ?? '', path: url.pathname, authorization, key: String(key ?? '') })
    if (request.method === 'GET') {
      const to = url.searchParams.get('To')
      if (this.listStatus) return answer(response, this.listStatus, { message: 'no' })
      const listed = this.isListBehind ? [] : this.taken.filter((each) => each.to === to)
      return answer(response, 200, { messages: listed })
    }
    const form = new URLSearchParams(await textOf(request))
    const behaviour = this.behaviours.shift() ?? 'takes'
    if (typeof behaviour === 'object') {
      const { status, headers, code } = behaviour
      return answer(response, status, { status, ...(code && { code }), message: 'no' }, headers)
    }
    if (behaviour === 'never answers') return
    if (behaviour === 'drops') return void response.destroy()
    const sid = `SM${this.taken.length + 1}`
    const [to, body] = [form.get('To') ?? '', form.get('Body') ?? '']
    this.taken.push({ sid, to, body, status: 'queued', date_created: new Date().toUTCString() })
    if (behaviour === 'takes and drops') return void response.destroy()
    answer(response, 201, { sid, status: 'queued', from: form.get('From') })
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

function answer(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
