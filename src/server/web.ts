/** The part of a node that serves people: pages, the API, the feed, health. All on one port. */
import type { RequestListener, Server, ServerResponse } from 'node:http'
import next from 'next'
import { createApi } from './api.ts'
import type { Application } from './compose.ts'
import type { Config } from './config.ts'
import { provideContainer } from './container.ts'
import { isSameSite } from './cookies.ts'
import { checkHealth } from './health.ts'
import type { Logger } from './logger.ts'

export interface Web {
  /** Answers requests once the pages are ready. */
  listener: RequestListener
  stop(): Promise<void>
}

export async function createWeb(app: Application, config: Config, logger: Logger, server: Server): Promise<Web> {
  const api = createApi(app, config, logger)
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
      wake: app.storage.wake,
      migrations: 'applied',
      dispatcher: config.role === 'web' ? null : app.dispatcher,
      feed: api.feed,
    })

  const listener: RequestListener = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    secure(response)
    if (pathname.startsWith('/api/trpc/')) {
      if (request.method !== 'GET' && !isSameSite(request, config.appUrl))
        return answer(response, 403, { error: 'cross-site' })
      return void api.serve(request, response, pathname.slice('/api/trpc/'.length))
    }
    if (pathname === '/api/health/live') return answer(response, 200, { ok: true })
    if (pathname === '/api/health/ready') return void answerHealth(response, health)
    if (pathname === '/api/metrics') return void answerMetrics(response, app)
    return void page(request, response)
  }
  api.start(server)
  return {
    listener,
    stop: async () => {
      await api.stop()
      await nextApp.close()
    },
  }
}

function secure(response: ServerResponse): void {
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('x-frame-options', 'DENY')
  response.setHeader('referrer-policy', 'same-origin')
}

async function answerHealth(response: ServerResponse, health: () => ReturnType<typeof checkHealth>): Promise<void> {
  const parts = await health()
  answer(response, Object.values(parts).every((part) => part.ok) ? 200 : 503, parts)
}

async function answerMetrics(response: ServerResponse, app: Application): Promise<void> {
  const { contentType, text } = await app.metrics.render()
  response.writeHead(200, { 'content-type': contentType }).end(text)
}

function answer(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body))
}
