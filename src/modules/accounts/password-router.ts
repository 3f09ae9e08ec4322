/** How people come to another password: by knowing the old one, or by a link in a letter. */
import { z } from 'zod'
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import { type Bus, type Clock, newId, type Sealer } from '../../bus/index.ts'
import { memberProcedure, publicProcedure, router, type SignedInContext } from '../../web/trpc/init.ts'
import { refuseCommonPassword } from './common-passwords.ts'
import { rememberDevice } from './known-devices.ts'
import { ChangePassword, RequestPasswordReset, ResetPassword } from './messages.ts'
import { changePasswordForm, forgotForm, resetForm } from './model/account-forms.ts'
import { emailKeyOf } from './model/email-address.ts'
import { linkToken } from './model/link-token.ts'
import { roleOf } from './model/role.ts'
import { hashPassword } from './password.ts'
import { accountByPassword } from './password-again.ts'
import type { Sessions } from './sessions.ts'
import { isPasskeyDemandedOf } from './store/passkey-demand.ts'
import { findPasskeys } from './store/passkeys.ts'
import { findPasswordReset } from './store/password-resets.ts'
import { findUser, findUserByEmail } from './store.ts'
import { hashToken } from './token.ts'

interface Parts {
  bus: Bus
  clock: Clock
  prisma: PrismaClient
  sealer: Sealer
  sessions: Sessions
  operatorEmails: readonly string[]
  /** Gives somebody who is in another session. */
  goOn(ctx: SignedInContext): Promise<void>
}

const resetInput = resetForm.extend({ token: linkToken, removePasskeys: z.boolean().default(true) })

export function createPasswordRouter({ bus, clock, prisma, sealer, sessions, operatorEmails, goOn }: Parts) {
  const findReset = (typed: string) => findPasswordReset(prisma, hashToken(typed), clock.now())
  return router({
    changedAt: memberProcedure.query(async ({ ctx }) => {
      const user = await findUser(prisma, ctx.session.user.userId)
      return { changedAt: user?.passwordChangedAt?.toISOString() ?? null }
    }),

    change: memberProcedure.input(changePasswordForm).mutation(async ({ ctx, input }) => {
      const { userId } = ctx.session.user
      const user = await accountByPassword({ prisma, limits: ctx.limits }, userId, input.currentPassword)
      if (!user) return { outcome: 'wrong-password' as const }
      await refuseCommonPassword(input.password, user)
      const passwordHash = await hashPassword(input.password)
      const keptSessionId = ctx.session.sessionId
      const body = { userId, passwordHash, previousPasswordHash: user.passwordHash, keptSessionId }
      const { reply } = await bus.execute(ChangePassword, body)
      if (reply.outcome !== 'changed') return { outcome: 'wrong-password' as const }
      sessions.tellClosed(reply.endedSessionIds)
      // The present log-in gets a token of its own: one that was stolen before ends with the old password.
      await goOn(ctx)
      return { outcome: 'changed' as const, endedSessions: reply.endedSessionIds.length }
    }),

    /** Answers alike, after the same work, whether or not somebody has the address: a command is sent, if need be about nobody. */
    requestReset: publicProcedure.input(forgotForm).mutation(async ({ ctx, input }) => {
      const emailKey = emailKeyOf(input.email)
      await ctx.limits.count({ 'reset.address': ctx.address, 'reset.account': emailKey })
      const user = await findUserByEmail(prisma, emailKey)
      await bus.send(RequestPasswordReset, { userId: user?.id ?? newId() })
      return {}
    }),

    /** With how many passkeys the account has, and whether they stay; whoever holds the link reads its mail. */
    canReset: publicProcedure.input(z.object({ token: linkToken })).query(async ({ input }) => {
      const reset = await findReset(input.token)
      const user = reset && (await findUser(prisma, reset.userId))
      if (!user) return { canReset: false, passkeys: 0, keepsPasskeys: false }
      const keepsPasskeys = await isPasskeyDemandedOf(roleOf(user, operatorEmails), prisma)
      return { canReset: true, passkeys: (await findPasskeys(prisma, user.id)).length, keepsPasskeys }
    }),

    reset: publicProcedure.input(resetInput).mutation(async ({ ctx, input }) => {
      const reset = await findReset(input.token)
      const user = reset && (await findUser(prisma, reset.userId))
      if (!user) return { outcome: 'expired' as const }
      await refuseCommonPassword(input.password, user)
      const passwordHash = await hashPassword(input.password)
      const { userId, id: resetId } = reset
      const { reply } = await bus.execute(ResetPassword, {
        userId,
        resetId,
        passwordHash,
        removePasskeys: input.removePasskeys,
      })
      if (reply.outcome !== 'changed') return reply
      sessions.tellClosed(reply.endedSessionIds)
      // Whoever reads the person's mail is let in also while others use up the tries of strangers.
      rememberDevice(ctx.cookies, sealer, userId)
      return { outcome: 'changed' as const }
    }),
  })
}
