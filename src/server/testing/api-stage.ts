import { once } from 'node:events'
import { createServer } from 'node:http'
import { hash } from '@node-rs/argon2'
import { createSealer, newId } from '../../bus/index.ts'
import { communicationTables, createSinks } from '../../modules/communication/index.ts'
import { createPostgresStorage } from '../../postgres/index.ts'
import type { UserRole, WayIn } from '../../web/trpc/init.ts'
import { type Api, createApi } from '../api.ts'
import { type Application, compose } from '../compose.ts'
import { readConfig } from '../config.ts'
import { createTestDatabase } from '../database/testing.ts'
import { type Logger, silentLogger } from '../logger.ts'
import { SECRET } from './node.ts'

/** Everybody there can be, as the table of rights sees them. */
export const CALLERS = ['anonymous', 'member', 'viewer', 'operator'] as const
export type Caller = (typeof CALLERS)[number]

export function roleOfCaller(caller: Caller): UserRole | null {
  return caller === 'anonymous' ? null : caller
}

export interface ApiStage extends AsyncDisposable {
  readonly app: Application
  readonly api: Api
  readonly url: string
  /** Of the user each caller is; nobody is anonymous. */
  readonly userIds: Record<UserRole, string>
  /** A fresh session's cookie: what a call does to its session never meets the next. */
  cookieOf(caller: Caller, openedBy?: WayIn): Promise<string>
  call(procedure: string, options?: CallOptions): Promise<Response>
}

export interface CallOptions {
  caller?: Caller
  cookie?: string
  input?: unknown
  headers?: Record<string, string>
}

/**
 * A running node with everything but pages, on a database of its own, and somebody of each role.
 *
 * @param env settings besides those that every test has
 */
export async function openApi(env: Record<string, string> = {}, logger: Logger = silentLogger): Promise<ApiStage> {
  const opened = new AsyncDisposableStack()
  try {
    return await open(opened, env, logger)
  } catch (error) {
    await opened.disposeAsync()
    throw error
  }
}

async function open(opened: AsyncDisposableStack, env: Record<string, string>, logger: Logger): Promise<ApiStage> {
  const database = await createTestDatabase()
  opened.defer(() => database.drop())
  const mailbox = createPostgresStorage({
    privacy: { sealer: createSealer(SECRET), tables: communicationTables },
    url: database.url,
    node: 'mailbox',
    poolSize: 4,
    maxAttemptsOf: () => 1,
    onConnectionError: () => {},
  })
  opened.defer(() => mailbox.stop())
  const sinks = createSinks(mailbox.prisma)
  const gateways = { SMTP_URL: await sinks.smtp.start(), SMS_URL: await sinks.sms.start() }
  opened.defer(async () => {
    await sinks.smtp.stop()
    await sinks.sms.stop()
  })
  const config = readConfig({ FAULTS: 'on', ...gateways, ...env })
  const app = await compose({ config, logger, databaseUrl: database.url, secret: SECRET })
  await app.start()
  opened.defer(() => app.stop())
  const api = createApi(app, config, logger)
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    void api.serve(request, response, pathname.slice('/api/trpc/'.length))
  }).listen(0, '127.0.0.1')
  // Whoever calls is this process, too: what it was busy with is no reason to close.
  server.keepAliveTimeout = 0
  await once(server, 'listening')
  api.start(server)
  opened.defer(async () => {
    await api.stop()
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const userIds = await insertUsers(app)
  const cookieOf = async (caller: Caller, openedBy: WayIn = 'password') => {
    if (caller === 'anonymous') return ''
    const { token } = await app.sessions.open(userIds[caller], 'a test', openedBy)
    return `waybill-session=${token}`
  }
  return {
    app,
    api,
    url,
    userIds,
    cookieOf,
    call: async (procedure, { caller = 'anonymous', cookie, input, headers = {} } = {}) => {
      const sent = { cookie: cookie ?? (await cookieOf(caller)), ...headers }
      if (kindOf(api, procedure) === 'query') {
        const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`
        return fetch(`${url}/api/trpc/${procedure}${query}`, { headers: sent })
      }
      const body = JSON.stringify({ json: input })
      return fetch(`${url}/api/trpc/${procedure}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...sent },
        body,
      })
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** The names of all procedures of the API, as the router has them. */
export function proceduresOf({ router }: Api): string[] {
  return Object.keys(router._def.procedures).toSorted()
}

interface KnownProcedure {
  _def: { type: 'query' | 'mutation' | 'subscription'; meta?: { right: string } | undefined; inputs: unknown[] }
}

export function definitionOf({ router }: Api, procedure: string): KnownProcedure['_def'] {
  const known = router._def.procedures as unknown as Record<string, KnownProcedure>
  if (!known[procedure]) throw new Error(`There is no procedure ${procedure}.`)
  return known[procedure]._def
}

function kindOf(api: Api, procedure: string) {
  return definitionOf(api, procedure).type
}

/** Of everybody who is logged in. */
export const CALLERS_PASSWORD = 'all callers know this one'

async function insertUsers({ storage }: Application): Promise<Record<UserRole, string>> {
  const passwordHash = await hash(CALLERS_PASSWORD)
  const userIds = { member: newId(), viewer: newId(), operator: newId() }
  for (const [role, id] of Object.entries(userIds)) {
    const email = `${role}-${id}@example.com`
    await storage.prisma.user.create({
      data: { id, role, email, emailKey: email, name: role, passwordHash, signUpConversationId: newId() },
    })
  }
  return userIds
}
