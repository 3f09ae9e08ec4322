import { initTRPC, TRPCError } from '@trpc/server'
import superjson from 'superjson'
import { z } from 'zod'
import { BusError } from '../../bus/index.ts'
import { LimitReached, type Limits } from '../limits.ts'
import { mayCall, type Right, rightTo } from '../rights.ts'
import { isUnkeepable } from './unkeepable.ts'

export type UserRole = 'operator' | 'viewer' | 'member'

/** How somebody showed who they are: `sign-up` by the form that made the account. */
export type WayIn = 'password' | 'passkey' | 'sign-up'

export interface SignedInUser {
  userId: string
  name: string
  email: string
  /** What counts in this session. */
  role: UserRole
  /** What they are once they come in with a passkey, which is demanded of them; null where nothing is held back. */
  roleByPasskey: UserRole | null
  emailConfirmed: boolean
  signUpConversationId: string
}

export interface CurrentSession {
  sessionId: string
  expiresAt: string
  /** How its person came in. */
  openedBy: WayIn
  user: SignedInUser
}

/** Who asks, and with what. */
export interface RequestContext {
  session: CurrentSession | null
  cookies: {
    get(name: string): string | undefined
    set(name: string, value: string, options: { maxAgeSeconds: number }): void
    clear(name: string): void
  }
  userAgent: string | null
  /** Where it comes from, as far as it is counted as one; `null` where no connection is known, as for pages. */
  address: string | null
  limits: Limits
  /** Called for every refusal, with who was refused what. */
  onRefused(refusal: { procedure: string; userId: string | null; needs: string }): void
  /** Called for everything that somebody not yet known asked for: a log-in, a reset, a confirmation. */
  onTried(tried: { procedure: string; outcome: string }): void
}

/** Of whoever is logged in. */
export type SignedInContext = RequestContext & { session: CurrentSession }

const t = initTRPC
  .context<RequestContext>()
  .meta<{ right: Right }>()
  .create({
    transformer: superjson,
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      // A fault's own text is for the log; the person is told what it means.
      message:
        error.code === 'INTERNAL_SERVER_ERROR' ? 'Something went wrong on our side. Please try again.' : shape.message,
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        retryAfterSeconds: error.cause instanceof LimitReached ? error.cause.retryAfterSeconds : null,
        fieldErrors: error.cause instanceof z.ZodError ? z.flattenError(error.cause).fieldErrors : null,
      },
    }),
  })

export const router = t.router
export const createCallerFactory = t.createCallerFactory

/** Lets through whom the table of rights lets through, whatever a procedure says of itself. */
const checkedProcedure = t.procedure.use(({ ctx, path, next }) => {
  const role = ctx.session?.user.role ?? null
  if (mayCall(path, role)) return next()
  const needs = NEEDS[rightTo(path) ?? 'nobody']
  ctx.onRefused({ procedure: path, userId: ctx.session?.user.userId ?? null, needs })
  if (!role) throw new TRPCError({ code: 'UNAUTHORIZED', message: PLEASE_LOG_IN })
  throw new TRPCError({ code: 'FORBIDDEN', message: `This needs ${needs}.` })
})

/** A text that cannot be kept is refused here, in words, and not by the database with a fault. */
const readableProcedure = checkedProcedure.use(async ({ getRawInput, next }) => {
  if (!isUnkeepable(await getRawInput())) return next()
  throw new TRPCError({
    code: 'BAD_REQUEST',
    message: 'The text has a character in it that cannot be kept (NUL, or half of one). Please take it out.',
  })
})

/** A command that is not answered in time is no fault: it is stored, and will be handled. */
const patientProcedure = readableProcedure.use(async ({ next }) => {
  const result = await next()
  if (result.ok || !(result.error.cause instanceof BusError) || result.error.cause.code !== 'reply-timeout')
    return result
  throw new TRPCError({
    code: 'TIMEOUT',
    message:
      'This takes longer than usual, and goes on without you. Please look again in a minute before you repeat it.',
    cause: result.error.cause,
  })
})

const signedInProcedure = patientProcedure.use(({ ctx: { session }, next }) => {
  if (!session) throw new TRPCError({ code: 'UNAUTHORIZED', message: PLEASE_LOG_IN })
  return next({ ctx: { session } })
})

/** Nobody vouches yet for whoever calls these: what became of it is told, for the log. */
const toldProcedure = patientProcedure.use(async ({ ctx, path, type, next }) => {
  const result = await next()
  if (type === 'mutation') {
    const answer = outcomeSchema.safeParse(result.ok ? result.data : null)
    const outcome = answer.success ? answer.data.outcome : 'done'
    ctx.onTried({ procedure: path, outcome: result.ok ? outcome : result.error.code })
  }
  return result
})
const outcomeSchema = z.object({ outcome: z.string() })

/** For anybody. */
export const publicProcedure = toldProcedure.meta({ right: 'anybody' })
/** For whoever is logged in. */
export const memberProcedure = signedInProcedure.meta({ right: 'member' })
/** For those who may read the inspector. */
export const viewerProcedure = signedInProcedure.meta({ right: 'viewer' })
/** For those who may act in the inspector. */
export const operatorProcedure = signedInProcedure.meta({ right: 'operator' })

const PLEASE_LOG_IN = 'Please log in first.'
const NEEDS: Record<Right | 'nobody', string> = {
  anybody: 'nothing',
  member: 'an account',
  viewer: 'a viewer or an operator',
  operator: 'an operator',
  nobody: 'a right that nobody has',
}
