import { z } from 'zod'
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import { type Bus, BusError, type Clock, newId, type PersonKeys, type Sealer } from '../../bus/index.ts'
import { publicProcedure, type RequestContext, router, type SignedInContext } from '../../web/trpc/init.ts'
import { refuseCommonPassword } from './common-passwords.ts'
import { rememberDevice } from './known-devices.ts'
import { type Checked, userByPassword } from './log-in.ts'
import { endOwnLogIn } from './log-out.ts'
import { ConfirmEmail, ConfirmEmailChange, CreateUser, OpenSession } from './messages.ts'
import { emailKeyOf } from './model/email-address.ts'
import { linkToken } from './model/link-token.ts'
import { logInForm, signUpForm } from './model/sign-up-form.ts'
import { passkeyDemandProcedures } from './passkey-demand-router.ts'
import { createPasskeys } from './passkeys.ts'
import { passkeyProcedures } from './passkeys-router.ts'
import { hashPassword } from './password.ts'
import { accountByPassword } from './password-again.ts'
import { createPasswordRouter } from './password-router.ts'
import { openPending, PENDING_COOKIE, sealPending } from './pending-sign-up.ts'
import { createPeopleRouter } from './people-router.ts'
import { createProfileRouter } from './profile-router.ts'
import { SESSION_SECONDS, type Sessions } from './sessions.ts'
import { createSessionsRouter } from './sessions-router.ts'
import { findEmailChange } from './store/email-changes.ts'
import { findInvitation } from './store/invitations.ts'
import { findConfirmation, findUser } from './store.ts'
import { hashToken } from './token.ts'

export interface AccountsRouterParts {
  bus: Bus
  clock: Clock
  sealer: Sealer
  sessions: Sessions
  people: Pick<PersonKeys, 'sealFor'>
  prisma: PrismaClient
  sessionCookie: string
  /** Where people reach the app. */
  appUrl: string
  operatorEmails: readonly string[]
}

/** Never a reason to refuse a sign-up. */
const habitsOfBrowser = {
  language: z.string().max(50).optional().catch(undefined),
  timeZone: z.string().max(50).optional().catch(undefined),
}

/** Longer than a sign-up takes; then the person is told that it goes on without them waiting. */
const REPLY_TIMEOUT_MS = 3_000

export function createAccountsRouter(parts: AccountsRouterParts) {
  const { bus, clock, sealer, sessions, people, prisma, sessionCookie, operatorEmails } = parts
  const giveCookie = (ctx: RequestContext, sessionToken: string) =>
    ctx.cookies.set(sessionCookie, sessionToken, { maxAgeSeconds: SESSION_SECONDS })
  /** Whoever was logged in here before is logged out, the sockets too. */
  const handOver = async (ctx: RequestContext, sessionToken: string) => {
    await endOwnLogIn(parts, ctx, 'another-log-in')
    giveCookie(ctx, sessionToken)
  }
  const letIn = async (ctx: RequestContext, userId: string, sessionToken: string) => {
    await handOver(ctx, sessionToken)
    rememberDevice(ctx.cookies, sealer, userId)
  }
  /** No log-in, but the one that there is under another token: what it is for is the command that was handled before. */
  const goOn = async (ctx: SignedInContext) => {
    const { sessionId, openedBy, user } = ctx.session
    const opened = await sessions.open(user.userId, ctx.userAgent, openedBy)
    await sessions.close(sessionId)
    giveCookie(ctx, opened.token)
    rememberDevice(ctx.cookies, sealer, user.userId)
  }
  /** Returns false where the password is another by now, or the account is gone. */
  const logIn = async (ctx: RequestContext, checked: Checked) => {
    const { token: sessionToken, session } = sessions.prepare(ctx.userAgent)
    const body = { ...checked, session: { ...session, expiresAt: session.expiresAt.toISOString() } }
    const { reply } = await bus.execute(OpenSession, body)
    if (reply.outcome !== 'opened') return false
    await letIn(ctx, checked.userId, sessionToken)
    return true
  }
  /** The first address that somebody confirms is a part of their sign-up, whose conversation they follow. */
  const withinSignUp = async (userId: string) => {
    const user = await findUser(prisma, userId)
    return user && !user.emailConfirmedAt ? { conversationId: user.signUpConversationId } : {}
  }
  const invitationOf = (typed: string) => findInvitation(prisma, hashToken(typed), clock.now())

  return router({
    ...passkeyProcedures({ bus, prisma, passkeys: createPasskeys(parts), logIn }),
    ...passkeyDemandProcedures({ bus, prisma, sessions }),

    me: publicProcedure.query(({ ctx }) => ctx.session?.user ?? null),

    signUp: publicProcedure
      .input(signUpForm.extend({ idempotencyKey: z.uuid(), invitation: linkToken.optional(), ...habitsOfBrowser }))
      .mutation(async ({ ctx, input: { password, idempotencyKey, phone, invitation, ...person } }) => {
        await refuseCommonPassword(password, person)
        await ctx.limits.count({ 'sign-up.address': ctx.address, 'sign-up.account': emailKeyOf(person.email) })
        const invited = invitation === undefined ? null : await invitationOf(invitation)
        // Whether it holds is decided where it is used up: a form that is sent again gets its first answer.
        const isMeant = invited && emailKeyOf(invited.email) === emailKeyOf(person.email)
        const userId = isMeant ? invited.id : newId()
        const hashing = hashPassword(password)
        // What needs no hash is made meanwhile, and what seals the first message about somebody.
        const { token: sessionToken, session } = sessions.prepare(ctx.userAgent)
        const options = {
          messageId: newId(),
          idempotencyKey: personalKey(sealer, idempotencyKey, person.email),
          timeoutMs: REPLY_TIMEOUT_MS,
        }
        const [passwordHash] = await Promise.all([hashing, people.sealFor([userId])])
        const body = {
          ...person,
          userId,
          phone: phone || null,
          passwordHash,
          session: { ...session, expiresAt: session.expiresAt.toISOString() },
          ...(invitation !== undefined && { isInvited: true }),
        }
        try {
          const { reply, messageId, conversationId } = await bus.execute(CreateUser, body, options)
          if (reply.outcome !== 'created') return reply
          if (messageId === options.messageId) {
            await letIn(ctx, userId, sessionToken)
          } else {
            // The answer to an earlier send of the same form: whoever repeats it must know the password.
            const owner = await accountByPassword({ prisma, limits: ctx.limits }, reply.userId, password)
            const { userId: id } = reply
            const isIn = owner && (await logIn(ctx, { userId: id, passwordHash: owner.passwordHash, how: 'sign-up' }))
            if (!isIn) return { outcome: 'email-taken' as const }
          }
          return { outcome: 'created' as const, conversationId }
        } catch (error) {
          if (!(error instanceof BusError) || error.code !== 'reply-timeout') throw error
          // Logged in as soon as the account is there; a form that was sent before brought its own cookies.
          if (error.details.messageId === options.messageId) {
            await handOver(ctx, sessionToken)
            sealPending(ctx.cookies, sealer, userId, clock.now())
          }
          return { outcome: 'accepted' as const, conversationId: String(error.details.conversationId) }
        }
      }),

    completeSignUp: publicProcedure.mutation(async ({ ctx }) => {
      const userId = openPending(ctx.cookies, sealer, clock.now())
      if (!userId) return { outcome: 'none' as const }
      const user = await findUser(prisma, userId)
      if (!user) return { outcome: 'pending' as const }
      ctx.cookies.clear(PENDING_COOKIE)
      // With the session that came with the account, as a rule; it may have come since this request did.
      const session = await sessions.find(ctx.cookies.get(sessionCookie) ?? '')
      if (session?.user.userId === user.id) rememberDevice(ctx.cookies, sealer, user.id)
      else await logIn(ctx, { userId: user.id, passwordHash: null, how: 'sign-up' })
      return { outcome: 'signed-in' as const }
    }),

    logIn: publicProcedure.input(logInForm).mutation(async ({ ctx, input }) => {
      const tryOnce = async () => {
        const checked = await userByPassword(parts, ctx, input)
        const isIn = checked !== null && (await logIn(ctx, checked))
        return { isIn, renewed: checked?.renewedPasswordHash !== undefined }
      }
      const first = await tryOnce()
      // Of two at once that renew the hash one comes second, and finds that it is another by now.
      const { isIn } = !first.isIn && first.renewed ? await tryOnce() : first
      return { outcome: isIn ? ('signed-in' as const) : ('wrong-credentials' as const) }
    }),

    logOut: publicProcedure.mutation(async ({ ctx }) => {
      ctx.cookies.clear(sessionCookie)
      await endOwnLogIn(parts, ctx, 'log-out')
      return {}
    }),

    /** Whom an invitation is for; null when it does not work any more. */
    invitation: publicProcedure.input(z.object({ token: linkToken })).query(async ({ input }) => {
      const invited = await invitationOf(input.token)
      return invited && { email: invited.email, role: invited.role }
    }),

    /** Of the address at sign-up, or of the one that somebody wants instead: links of both lead here. */
    confirmEmail: publicProcedure.input(z.object({ token: linkToken })).mutation(async ({ input }) => {
      const tokenHash = hashToken(input.token)
      const change = await findEmailChange(prisma, tokenHash)
      if (change) {
        const { userId, id: changeId } = change
        const { reply } = await bus.execute(ConfirmEmailChange, { userId, changeId }, await withinSignUp(userId))
        return reply
      }
      const confirmation = await findConfirmation(prisma, tokenHash)
      if (!confirmation) return { outcome: 'unknown' as const }
      const { userId, id: confirmationId } = confirmation
      const { reply } = await bus.execute(ConfirmEmail, { userId, confirmationId }, await withinSignUp(userId))
      return reply
    }),

    profile: createProfileRouter({ bus, clock, prisma }),
    password: createPasswordRouter({ bus, clock, prisma, sealer, sessions, operatorEmails, goOn }),
    sessions: createSessionsRouter({ bus, clock, prisma, sessions }),
    people: createPeopleRouter({ bus, clock, prisma, sessions, operatorEmails, goOn }),
  })
}

/** One form's key never meets another person's: it is bound to the address. */
function personalKey(sealer: Sealer, idempotencyKey: string, email: string): string {
  return `${idempotencyKey}:${sealer.hashes(emailKeyOf(email))[0]}`
}
