/**
 * The sign-up route as somebody would write it without a bus: the same input, rules, limits, hash, session and cookies,
 * and one plain Prisma insert. `sign-up-server.ts <database URL>` sends its port to whoever forked it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import pg from 'pg'
import { z } from 'zod'
import { createSealer, newId } from '../../src/bus/index.ts'
import { refuseCommonPassword } from '../../src/modules/accounts/common-passwords.ts'
import { createSessions } from '../../src/modules/accounts/index.ts'
import { rememberDevice } from '../../src/modules/accounts/known-devices.ts'
import { emailKeyOf } from '../../src/modules/accounts/model/email-address.ts'
import { signUpForm } from '../../src/modules/accounts/model/sign-up-form.ts'
import { hashPassword } from '../../src/modules/accounts/password.ts'
import { cookiesOf } from '../../src/server/cookies.ts'
import { createLimits } from '../../src/server/limits.ts'
import { isSameSite } from '../../src/server/origins.ts'
import { LIMITS } from '../../src/web/limits.ts'
import { publicProcedure, type RequestContext, router } from '../../src/web/trpc/init.ts'
import { plainPrisma } from './prisma.ts'

const SESSION_COOKIE = 'waybill-session'
const SESSION_SECONDS = 30 * 24 * 60 * 60
const PATH = '/api/trpc/'
const SECRET = 'a secret for the bench only, 32 characters'

// Whoever forked it is gone: so is the database.
process.once('disconnect', () => process.exit(0))
const [, , databaseUrl = ''] = process.argv
const prisma = plainPrisma(databaseUrl)
const limits = createLimits({
  pool: new pg.Pool({ connectionString: databaseUrl }),
  secret: SECRET,
  table: { ...LIMITS, 'sign-up.address': { times: 100_000, seconds: 3600 } },
})
const sealer = createSealer(SECRET)
const sessions = createSessions({ prisma, clock: { now: () => new Date() }, operatorEmails: [] })

const signUp = publicProcedure
  .input(signUpForm.extend({ idempotencyKey: z.uuid() }))
  .mutation(async ({ ctx, input: { name, email, password, phone } }) => {
    await refuseCommonPassword(password, { name, email })
    await ctx.limits.count({ 'sign-up.address': ctx.address, 'sign-up.account': emailKeyOf(email) })
    const conversationId = newId()
    const passwordHash = await hashPassword(password)
    const person = { name, email, emailKey: emailKeyOf(email), phone: phone || null, passwordHash }
    const user = await prisma.user.create({ data: { id: newId(), ...person, signUpConversationId: conversationId } })
    const { token } = await sessions.open(user.id, ctx.userAgent, 'password')
    ctx.cookies.set(SESSION_COOKIE, token, { maxAgeSeconds: SESSION_SECONDS })
    rememberDevice(ctx.cookies, sealer, user.id)
    return { outcome: 'created' as const, conversationId }
  })
const api = router({ accounts: router({ signUp }) })

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  if (pathname.startsWith(PATH) && isSameSite(request, 'http://localhost')) {
    const path = pathname.slice(PATH.length)
    const createContext = () => contextOf(request, response)
    void nodeHTTPRequestHandler({ req: request, res: response, router: api, path, createContext })
  } else {
    response.writeHead(404).end()
  }
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))

async function contextOf(request: IncomingMessage, response: ServerResponse): Promise<RequestContext> {
  const cookies = cookiesOf(request.headers.cookie, response, false)
  const token = cookies.get(SESSION_COOKIE)
  return {
    session: token ? await sessions.find(token) : null,
    cookies,
    userAgent: request.headers['user-agent'] ?? null,
    address: request.socket.remoteAddress ?? null,
    limits,
    onRefused: () => {},
    onTried: () => {},
  }
}
