import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import { type Bus, newId } from '../../bus/index.ts'
import { passwordField } from '../../web/password-again.ts'
import { memberProcedure, publicProcedure, type RequestContext, type SignedInUser } from '../../web/trpc/init.ts'
import type { Checked } from './log-in.ts'
import { AddPasskey, RemovePasskey, RenamePasskey } from './messages.ts'
import { newPasskeyAnswer, passkeyAnswer, passkeyLabel } from './model/passkey-form.ts'
import type { Passkeys } from './passkeys.ts'
import { accountByPassword } from './password-again.ts'
import { findPasskeys } from './store/passkeys.ts'

interface Parts {
  bus: Bus
  prisma: PrismaClient
  passkeys: Passkeys
  /** Returns false where the account is gone. */
  logIn(ctx: RequestContext, checked: Checked): Promise<boolean>
}

/** A passkey as its person sees it. */
export interface PasskeyView {
  id: string
  label: string
  createdAt: string
  lastUsedAt: string | null
}

/**
 * Whether this session, which awaits a passkey, may neither add nor remove one: somebody who has one is to use it.
 * Otherwise the password alone would make the passkey that is to come on top of it.
 */
async function isClosed(prisma: PrismaClient, { userId, roleByPasskey }: SignedInUser): Promise<boolean> {
  return roleByPasskey !== null && (await findPasskeys(prisma, userId)).length > 0
}

const onePasskey = z.object({ passkeyId: z.uuid() })

export function passkeyProcedures({ bus, prisma, passkeys, logIn }: Parts) {
  return {
    passkeys: memberProcedure.query(async ({ ctx }): Promise<{ passkeys: PasskeyView[] }> => {
      const rows = await findPasskeys(prisma, ctx.session.user.userId)
      return {
        passkeys: rows.map(({ id, label, createdAt, lastUsedAt }) => ({
          id,
          label,
          createdAt: createdAt.toISOString(),
          lastUsedAt: lastUsedAt?.toISOString() ?? null,
        })),
      }
    }),

    // Whoever sits at a browser that was left open must not make a way in of their own: the password is asked for.
    askForNewPasskey: memberProcedure.input(z.object({ password: passwordField })).mutation(async ({ ctx, input }) => {
      const { user } = ctx.session
      const known = await accountByPassword({ prisma, limits: ctx.limits }, user.userId, input.password)
      if (!known) return { outcome: 'wrong-password' as const }
      if (await isClosed(prisma, user)) return { outcome: 'passkey-needed' as const }
      return { outcome: 'asked' as const, options: await passkeys.askForNew(user) }
    }),

    addPasskey: memberProcedure
      .input(z.object({ label: passkeyLabel, answer: newPasskeyAnswer }))
      .mutation(async ({ ctx, input: { label, answer } }) => {
        const { userId } = ctx.session.user
        if (await isClosed(prisma, ctx.session.user)) return { outcome: 'passkey-needed' as const }
        const credential = await passkeys.checkNew(userId, answer as RegistrationResponseJSON)
        if (!credential) return { outcome: 'refused' as const }
        const { reply } = await bus.execute(AddPasskey, { userId, passkeyId: newId(), label, ...credential })
        return reply
      }),

    // What it is called changes nothing of who gets in.
    renamePasskey: memberProcedure
      .input(onePasskey.extend({ label: passkeyLabel }))
      .mutation(async ({ ctx, input }) => {
        const { reply } = await bus.execute(RenamePasskey, { ...input, userId: ctx.session.user.userId })
        return reply
      }),

    // Nor must they keep the owner out.
    removePasskey: memberProcedure
      .input(onePasskey.extend({ password: passwordField }))
      .mutation(async ({ ctx, input: { passkeyId, password } }) => {
        const { userId } = ctx.session.user
        const known = await accountByPassword({ prisma, limits: ctx.limits }, userId, password)
        if (!known) return { outcome: 'wrong-password' as const }
        if (await isClosed(prisma, ctx.session.user)) return { outcome: 'passkey-needed' as const }
        const { reply } = await bus.execute(RemovePasskey, { userId, passkeyId })
        return reply
      }),

    askForPasskey: publicProcedure.mutation(async ({ ctx }) => {
      await ctx.limits.count({ 'passkey-challenge.address': ctx.address })
      return passkeys.askForKnown()
    }),

    logInWithPasskey: publicProcedure.input(z.object({ answer: passkeyAnswer })).mutation(async ({ ctx, input }) => {
      const look = () => passkeys.userBy(input.answer as AuthenticationResponseJSON)
      const userId = await ctx.limits.attempt({ 'passkey.address': ctx.address }, look, (found) => found !== null)
      const isIn = userId !== null && (await logIn(ctx, { userId, passwordHash: null, how: 'passkey' }))
      return { outcome: isIn ? ('signed-in' as const) : ('refused' as const) }
    }),
  }
}
