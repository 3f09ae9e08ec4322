/** The part of a node that serves people: pages, the API, the feed, health. All on one port. */
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import next from 'next'
import { Server as SocketServer } from 'socket.io'
import { recordError } from '../bus/index.ts'
import { createFeed, type FeedServer } from '../inspector/index.ts'
import { createInspectorRouter } from '../inspector/router.ts'
import { createAccountsRouter } from '../modules/accounts/router.ts'
import { createMailboxRouter } from '../modules/communication/router.ts'
import type { RequestContext } from '../web/trpc/init.ts'
import type { Application } from './compose.ts'
import type { Config } from './config.ts'
import { provideContainer } from './container.ts'
import { cookiesOf, isSameSite } from './cookies.ts'
import { checkHealth } from './health.ts'
import type { Logger } from './logger.ts'
import { createAppCaller, createAppRouter } from './router.ts'

export const SESSION_COOKIE = 'waybill-session'
const MAX_BODY_BYTES = 100_000

export interface Web {
  /** Answers requests once the pages are ready. */
  listener: RequestListener
  stop(): Promise<void>
}

export async function createWeb(app: Application, config: Config, logger: Logger, server: Server): Promise<Web> {
  const isSecure = config.appUrl.startsWith('https:')
  const hasMailbox = config.smtpUrl === null
  const { bus, clock, sealer, sessions, queries, storage } = app
  const router = createAppRouter({
    accounts: createAccountsRouter({
      bus,
      clock,
      sealer,
      sessions,
      prisma: storage.prisma,
      sessionCookie: SESSION_COOKIE,
    }),
    mailbox: createMailboxRouter({ prisma: storage.prisma, isEnabled: hasMailbox }),
    inspector: createInspectorRouter({ bus, queries, faultsAllowed: config.faults }),
  })

  const contextFrom = async (header: string | undefined, userAgent: string | null, response: ServerResponse | null) => {
    const cookies = cookiesOf(header, response, isSecure)
    const token = cookies.get(SESSION_COOKIE)
    const context: RequestContext = {
      session: token ? await sessions.find(token) : null,
      cookies,
      userAgent,
      onRefused: (refusal) => logger.warn(refusal, 'refused'),
    }
    return context
  }
  const createCaller = createAppCaller(router)
  provideContainer({
    settings: { mailbox: hasMailbox, faults: config.faults },
    contextOf: (headers) => contextFrom(headers.get('cookie') ?? undefined, headers.get('user-agent'), null),
    callerOf: (context) => createCaller(context),
  })

  const nextApp = next({ dev: config.development, hostname: config.host, port: config.port, httpServer: server })
  await nextApp.prepare()
  const page = nextApp.getRequestHandler()

  const io: FeedServer = new SocketServer({ destroyUpgrade: false, serveClient: false })
  const feed = createFeed({
    io,
    queries,
    wake: storage.wake,
    clock,
    logger,
    isSameSite: (request) => isSameSite(request, config.appUrl),
    authenticate: async (header) => {
      const token = cookiesOf(header, null, isSecure).get(SESSION_COOKIE)
      return token ? sessions.find(token) : null
    },
    livingSessions: (sessionIds) => sessions.findLiving(sessionIds),
  })
  sessions.onClosed((sessionId) => feed.disconnectSession(sessionId))

  const health = () =>
    checkHealth({
      pool: storage.pool,
      wake: storage.wake,
      migrations: 'applied',
      dispatcher: config.role === 'web' ? null : app.dispatcher,
      feed,
    })
  const serveTrpc = (request: IncomingMessage, response: ServerResponse, path: string) =>
    nodeHTTPRequestHandler({
      req: request,
      res: response,
      router,
      path,
      maxBodySize: MAX_BODY_BYTES,
      createContext: () => contextFrom(request.headers.cookie, request.headers['user-agent'] ?? null, response),
      onError: ({ error, path: procedure }) => {
        if (error.code !== 'INTERNAL_SERVER_ERROR') return
        // Its text may hold what somebody typed; its name and code tell what kind of fault it was.
        const { name, code } = recordError(error.cause ?? error)
        logger.error({ procedure, error: name, code }, 'a procedure failed')
      },
    })

  const listener: RequestListener = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    secure(response)
    if (pathname.startsWith('/api/trpc/')) {
      if (request.method !== 'GET' && !isSameSite(request, config.appUrl))
        return answer(response, 403, { error: 'cross-site' })
      return void serveTrpc(request, response, pathname.slice('/api/trpc/'.length))
    }
    if (pathname === '/api/health/live') return answer(response, 200, { ok: true })
    if (pathname === '/api/health/ready') return void answerHealth(response, health)
    if (pathname === '/api/metrics') return void answerMetrics(response, app)
    return void page(request, response)
  }
  io.attach(server)
  feed.start()
  return {
    listener,
    stop: async () => {
      feed.stop()
      await io.close()
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
