import { initTRPC, TRPCError } from '@trpc/server'
import superjson from 'superjson'
import { z } from 'zod'

export type UserRole = 'operator' | 'viewer' | 'member'

export interface SignedInUser {
  userId: string
  name: string
  email: string
  role: UserRole
  emailConfirmed: boolean
  signUpConversationId: string
}

export interface CurrentSession {
  sessionId: string
  expiresAt: string
  user: SignedInUser
}

/** Who asks, and with what. */
export interface RequestContext {
  session: CurrentSession | null
  cookies: {
    get(name: string): string | undefined
    set(name: string, value: string, options: { maxAgeSeconds: number; path?: string }): void
    clear(name: string): void
  }
  userAgent: string | null
  /** Called for every refusal, with who was refused what. */
  onRefused(refusal: { procedure: string; userId: string | null; needs: string }): void
}

const t = initTRPC.context<RequestContext>().create({
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
      fieldErrors: error.cause instanceof z.ZodError ? z.flattenError(error.cause).fieldErrors : null,
    },
  }),
})

export const router = t.router
export const createCallerFactory = t.createCallerFactory

/** For anybody. */
export const publicProcedure = t.procedure
/** For whoever is logged in. */
export const memberProcedure = restrictedTo(['member', 'viewer', 'operator'], 'an account')
/** For those who may read the inspector. */
export const viewerProcedure = restrictedTo(['viewer', 'operator'], 'a viewer or an operator')
/** For those who may act in the inspector. */
export const operatorProcedure = restrictedTo(['operator'], 'an operator')

function restrictedTo(roles: readonly UserRole[], needs: string) {
  return t.procedure.use(({ ctx, path, next }) => {
    const { session } = ctx
    if (session && roles.includes(session.user.role)) return next({ ctx: { session } })
    ctx.onRefused({ procedure: path, userId: session?.user.userId ?? null, needs })
    if (!session) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'Please log in first.' })
    throw new TRPCError({ code: 'FORBIDDEN', message: `This needs ${needs}.` })
  })
}
