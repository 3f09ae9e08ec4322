/** What a node answers to programs: the API and the feed, both as whoever the session cookie says. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { TRPCError } from '@trpc/server'
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import { Server as SocketServer } from 'socket.io'
import { recordError } from '../bus/index.ts'
import { createFeed, type Feed, type FeedServer } from '../inspector/index.ts'
import { createInspectorRouter } from '../inspector/router.ts'
import { accountByPassword } from '../modules/accounts/index.ts'
import { createAccountsRouter } from '../modules/accounts/router.ts'
import { createHistoryRouter } from '../modules/audit/router.ts'
import { createMailboxRouter, createPreferencesRouter } from '../modules/communication/router.ts'
import { createPrivacyRouter } from '../modules/privacy/router.ts'
import { LimitReached } from '../web/limits.ts'
import { MAX_BATCH } from '../web/trpc/batch.ts'
import type { RequestContext } from '../web/trpc/init.ts'
import { createAddressReader } from './client-address.ts'
import type { Application } from './compose.ts'
import type { Config } from './config.ts'
import { cookiesOf } from './cookies.ts'
import type { Logger } from './logger.ts'
import { isOwnHost, isSameSite } from './origins.ts'
import { type AppCaller, type AppRouter, createAppCaller, createAppRouter } from './router.ts'
import { headersOf } from './security-headers.ts'

const SESSION_COOKIE = 'waybill-session'
const MAX_BODY_BYTES = 100_000
export const SOCKET_PATH = '/socket.io/'
/** What a page sends over the socket is a room, a filter and a cursor. */
const MAX_FRAME_BYTES = 64 * 1024
/** A connection that never asks for anything is let go. */
const SOCKET_HELLO_MS = 10_000

export interface Api {
  readonly router: AppRouter
  readonly feed: Feed
  /** Who asks for a page, from its headers. Pages cannot set cookies. */
  contextOf(headers: Headers): Promise<RequestContext>
  callerOf(context: RequestContext): AppCaller
  /** Answers a call of the procedures named in `path`. */
  serve(request: IncomingMessage, response: ServerResponse, path: string): Promise<void>
  /** Lets sockets in on the server, and follows the bus for them. */
  start(server: Server): void
  stop(): Promise<void>
}

/** What a request tells of whoever asks. */
interface Asked {
  cookie: string | undefined
  userAgent: string | undefined
  address: string | null
}

export function createApi(app: Application, config: Config, logger: Logger): Api {
  const isSecure = config.appUrl.startsWith('https:')
  const { sessions } = app
  const router = createRouter(app, config)
  const createCaller = createAppCaller(router)
  const io: FeedServer = new SocketServer({
    destroyUpgrade: false,
    serveClient: false,
    maxHttpBufferSize: MAX_FRAME_BYTES,
    connectTimeout: SOCKET_HELLO_MS,
    allowRequest: (request, decide) => decide(null, isOwnHost(request, config) && isSameSite(request, config.appUrl)),
  })
  const feed = createAppFeed(app, config, logger, io)

  const contextFrom = async ({ cookie, userAgent, address }: Asked, response: ServerResponse | null) => {
    const cookies = cookiesOf(cookie, response, isSecure)
    const token = cookies.get(SESSION_COOKIE)
    const context: RequestContext = {
      session: token ? await sessions.find(token) : null,
      cookies,
      userAgent: userAgent ?? null,
      address,
      limits: app.limits,
      onRefused: (refusal) => logger.warn(refusal, 'refused'),
      onTried: (tried) => logger.info(tried, 'answered somebody at the door'),
    }
    return context
  }
  const addressOf = createAddressReader(config.trustedProxies)
  const askedBy = ({ headers, socket }: IncomingMessage): Asked => ({
    cookie: headers.cookie,
    userAgent: headers['user-agent'],
    address: addressOf({ peer: socket.remoteAddress, forwardedFor: String(headers['x-forwarded-for'] ?? '') }),
  })

  return {
    router,
    feed,
    contextOf: (headers) => {
      const asked = { cookie: headers.get('cookie') ?? undefined, userAgent: headers.get('user-agent') ?? undefined }
      return contextFrom({ ...asked, address: null }, null)
    },
    callerOf: (context) => createCaller(context),
    serve: (request, response, path) =>
      nodeHTTPRequestHandler({
        req: request,
        res: response,
        router,
        path,
        maxBodySize: MAX_BODY_BYTES,
        maxBatchSize: MAX_BATCH,
        createContext: () => contextFrom(askedBy(request), response),
        responseMeta: ({ errors }) => ({ headers: { 'content-type': JSON_TYPE, ...retryAfter(errors) } }),
        onError: ({ error, path: procedure, ctx }) => {
          if (MISFITS.includes(error.code)) {
            const { userId = null } = ctx?.session?.user ?? {}
            logger.info({ procedure, code: error.code, userId }, 'what somebody sent does not fit')
          }
          if (error.code !== 'INTERNAL_SERVER_ERROR') return
          // Its text may hold what somebody typed; its name and code tell what kind of fault it was.
          const { name, code } = recordError(app.storage.disk.explain(error.cause ?? error))
          logger.error({ procedure, error: name, code }, 'a procedure failed')
        },
      }),
    start: (server) => {
      io.attach(server)
      io.engine.on('headers', (headers: Record<string, string>) => {
        Object.assign(headers, headersOf(SOCKET_PATH, { isSecure, development: config.development }))
      })
      feed.start()
    },
    stop: async () => {
      feed.stop()
      await io.close()
    },
  }
}

const JSON_TYPE = 'application/json; charset=utf-8'
/** A form tells people before it sends: many of these are somebody who tries what else is let in. */
const MISFITS: readonly string[] = ['BAD_REQUEST', 'PARSE_ERROR', 'UNPROCESSABLE_CONTENT', 'PAYLOAD_TOO_LARGE']

/** When those of a batch may all be tried again that were tried too often. */
function retryAfter(errors: readonly TRPCError[]): Record<string, string> {
  const seconds = errors.flatMap(({ cause }) => (cause instanceof LimitReached ? cause.retryAfterSeconds : []))
  return seconds.length > 0 ? { 'retry-after': String(Math.max(...seconds)) } : {}
}

function createRouter(app: Application, config: Config): AppRouter {
  const { bus, clock, people, sealer, sessions, queries, storage, personalTables } = app
  return createAppRouter({
    accounts: createAccountsRouter({
      people,
      bus,
      clock,
      sealer,
      sessions,
      prisma: storage.prisma,
      sessionCookie: SESSION_COOKIE,
      appUrl: config.appUrl,
      operatorEmails: config.operatorEmails,
    }),
    mailbox: createMailboxRouter({
      prisma: storage.prisma,
      isEnabled: config.smtpUrl === null,
      hasGallery: config.faults,
      appUrl: config.appUrl,
    }),
    communication: createPreferencesRouter({ bus, prisma: storage.prisma }),
    history: createHistoryRouter({
      prisma: storage.prisma,
      openPersonal: async (body) => (await people.open(body)).value,
    }),
    privacy: createPrivacyRouter({
      bus,
      pool: storage.pool,
      prisma: storage.prisma,
      people,
      tables: personalTables,
      knowsPassword: async (limits, userId, password) =>
        (await accountByPassword({ prisma: storage.prisma, limits }, userId, password)) !== null,
      tellClosed: (sessionIds) => sessions.tellClosed(sessionIds),
      sessionCookie: SESSION_COOKIE,
    }),
    inspector: createInspectorRouter({ bus, queries, faultsAllowed: config.faults }),
  })
}

function createAppFeed(app: Application, config: Config, logger: Logger, io: FeedServer): Feed {
  const { queries, storage, clock, sessions } = app
  const isSecure = config.appUrl.startsWith('https:')
  const feed = createFeed({
    io,
    queries,
    wake: storage.wake,
    clock,
    logger,
    authenticate: async (header) => {
      const token = cookiesOf(header, null, isSecure).get(SESSION_COOKIE)
      return token ? sessions.find(token) : null
    },
    livingSessions: (sessionIds) => sessions.findLiving(sessionIds),
  })
  sessions.onClosed((sessionId) => feed.disconnectSession(sessionId))
  return feed
}
