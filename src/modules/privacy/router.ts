import type { Pool } from 'pg'
import { z } from 'zod'
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import type { Bus, PersonalTable, PersonKeys } from '../../bus/index.ts'
import type { Limits } from '../../web/limits.ts'
import { passwordField } from '../../web/password-again.ts'
import { memberProcedure, operatorProcedure, router, viewerProcedure } from '../../web/trpc/init.ts'
import { DeleteAccount } from '../accounts/messages.ts'
import { MAX_HOLD_DAYS, SetLegalHold } from './messages.ts'
import { findOwnData } from './own-data.ts'
import { findLegalHoldDays, listReceipts } from './store.ts'

export interface PrivacyRouterParts {
  bus: Bus
  pool: Pool
  prisma: PrismaClient
  people: PersonKeys
  tables: readonly PersonalTable[]
  /** Whether whoever is logged in is the person. @throws TRPCError TOO_MANY_REQUESTS */
  knowsPassword(limits: Limits, userId: string, password: string): Promise<boolean>
  /** Cuts the sockets of log-ins that have ended. */
  tellClosed(sessionIds: readonly string[]): void
  sessionCookie: string
}

export function createPrivacyRouter(parts: PrivacyRouterParts) {
  const { bus, prisma, tables } = parts
  return router({
    /** What is kept where, and for how long after an account was deleted. */
    overview: memberProcedure.query(async () => ({
      legalHoldDays: await findLegalHoldDays(prisma),
      places: tables.map(({ title }) => ({ title })),
    })),

    /** Everything about whoever asks, and nobody else. */
    ownData: memberProcedure.query(async ({ ctx }) => {
      const { places } = await findOwnData(parts, ctx.session.user.userId)
      return { places }
    }),

    deleteAccount: memberProcedure.input(z.object({ password: passwordField })).mutation(async ({ ctx, input }) => {
      const { user } = ctx.session
      const isKnown = await parts.knowsPassword(ctx.limits, user.userId, input.password)
      if (!isKnown) return { outcome: 'wrong-password' as const }
      const { reply } = await bus.execute(DeleteAccount, { userId: user.userId })
      if (reply.outcome === 'last-operator') return { outcome: reply.outcome }
      if (reply.outcome === 'deleted') parts.tellClosed(reply.endedSessionIds)
      ctx.cookies.clear(parts.sessionCookie)
      return { outcome: reply.outcome }
    }),

    receipts: viewerProcedure.query(async () => ({ receipts: await listReceipts(prisma, 100) })),

    setLegalHold: operatorProcedure
      .input(z.object({ days: z.int().min(0).max(MAX_HOLD_DAYS) }))
      .mutation(async ({ ctx, input }) => {
        const { reply } = await bus.execute(SetLegalHold, { ...input, actorId: ctx.session.user.userId })
        return reply
      }),
  })
}
