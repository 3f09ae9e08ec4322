/** The part of a node that serves people: pages, the API, the feed, health. All on one port. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import next from 'next'
import { recordError } from '../bus/index.ts'
import { API, pathOf, refusalOf } from './admission.ts'
import { createApi, SOCKET_PATH } from './api.ts'
import type { Application } from './compose.ts'
import type { Config } from './config.ts'
import { provideContainer } from './container.ts'
import type { DatabaseServer } from './database/embedded-postgres.ts'
import { checkHealth } from './health.ts'
import type { Logger } from './logger.ts'
import { mayReadMetrics } from './metrics-access.ts'
import { headersOf, pagePolicy, type Site } from './security-headers.ts'

export interface Web {
  /** Answers requests once the pages are ready. */
  listener: RequestListener
  stop(): Promise<void>
}

export async function createWeb(
  app: Application,
  config: Config,
  logger: Logger,
  server: Server,
  database: DatabaseServer,
): Promise<Web> {
  const api = createApi(app, config, logger)
  const site: Site = { isSecure: config.appUrl.startsWith('https:'), development: config.development }
  provideContainer({
    settings: { mailbox: config.smtpUrl === null, faults: config.faults },
    contextOf: api.contextOf,
    callerOf: api.callerOf,
  })

  const nextApp = next({ dev: config.development, hostname: config.host, port: config.port, httpServer: server })
  await nextApp.prepare()
  const page = nextApp.getRequestHandler()

  const health = () =>
    checkHealth({
      pool: app.storage.pool,
      disk: app.storage.disk,
      server: database,
      wake: app.storage.wake,
      migrations: 'applied',
      dispatcher: config.role === 'web' ? null : app.dispatcher,
      feed: api.feed,
    })

  const serve = async (request: IncomingMessage, response: ServerResponse, pathname: string) => {
    if (pathname.startsWith(API)) return api.serve(request, response, pathname.slice(API.length))
    if (pathname === '/api/health/live') return answer(response, 200, { ok: true })
    if (pathname === '/api/health/ready') return answerHealth(response, health)
    if (pathname === '/api/metrics') {
      if (mayReadMetrics(request, config.metricsToken)) return answerMetrics(response, app)
      return answer(response, 404, { error: 'not-found' })
    }
    if (!pathname.startsWith('/_next/static/')) protectPage(request, response, site)
    return page(request, response)
  }
  const listener: RequestListener = (request, response) => {
    const pathname = pathOf(request)
    for (const [name, value] of Object.entries(headersOf(pathname ?? '', site))) response.setHeader(name, value)
    const refusal = refusalOf(request, pathname, config)
    if (refusal) return answer(response, refusal.status, { error: refusal.error }, refusal.headers)
    serve(request, response, pathname ?? '/').catch((error: unknown) => {
      logger.error({ error: recordError(error).name }, 'a request could not be answered')
      if (response.headersSent) response.destroy()
      else answer(response, 500, { error: 'our-fault' })
    })
  }
  api.start(server)
  if (!config.development) server.on('upgrade', refuseElsewhere)
  return {
    listener,
    stop: async () => {
      await api.stop()
      await nextApp.close()
    },
  }
}

/** A connection that asks to become a socket anywhere else would be kept open, and never answered. */
function refuseElsewhere(request: IncomingMessage, socket: Duplex): void {
  // As it was sent: socket.io looks at that, and not at where it leads.
  if (!request.url?.startsWith(SOCKET_PATH)) socket.destroy()
}

/** Next finds the nonce for its scripts in the policy, and the layout for its own in a header of ours. */
function protectPage(request: IncomingMessage, response: ServerResponse, site: Site): void {
  const nonce = randomBytes(16).toString('base64')
  const policy = pagePolicy(nonce, site)
  request.headers['content-security-policy'] = policy
  request.headers['x-nonce'] = nonce
  response.setHeader('content-security-policy', policy)
}

async function answerHealth(response: ServerResponse, health: () => ReturnType<typeof checkHealth>): Promise<void> {
  const parts = await health()
  answer(response, Object.values(parts).every((part) => part.ok) ? 200 : 503, parts)
}

async function answerMetrics(response: ServerResponse, app: Application): Promise<void> {
  const { contentType, text } = await app.metrics.render()
  response.writeHead(200, { 'content-type': contentType }).end(text)
}

function answer(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
