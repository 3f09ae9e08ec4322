/** What people see and change about themselves: name, address, phone number. */
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import type { Bus, Clock } from '../../bus/index.ts'
import { phoneInWords } from '../../web/phone-in-words.ts'
import { memberProcedure, router } from '../../web/trpc/init.ts'
import {
  ChangeName,
  ConfirmPhone,
  RemovePhone,
  RequestConfirmation,
  RequestEmailChange,
  RequestPhoneChange,
  WithdrawEmailChange,
} from './messages.ts'
import { codeForm, emailForm, nameForm, phoneForm } from './model/account-forms.ts'
import { accountByPassword } from './password-again.ts'
import { findPendingEmailChange } from './store/email-changes.ts'
import { findPendingPhoneChange } from './store/phone-changes.ts'
import { findUser } from './store.ts'

interface Parts {
  bus: Bus
  clock: Clock
  prisma: PrismaClient
}

export interface Profile {
  name: string
  email: string
  emailConfirmed: boolean
  /** The address that waits for its confirmation, and until when it can come. */
  pendingEmail: { email: string; validUntil: string } | null
  phone: string | null
  phoneConfirmed: boolean
  /** The number whose code is on its way. */
  pendingPhone: { phone: string; triesLeft: number } | null
}

export function createProfileRouter({ bus, clock, prisma }: Parts) {
  return router({
    get: memberProcedure.query(({ ctx }) => readProfile({ clock, prisma }, ctx.session.user.userId)),

    changeName: memberProcedure.input(nameForm).mutation(async ({ ctx, input: { name } }) => {
      const { reply } = await bus.execute(ChangeName, { userId: ctx.session.user.userId, name })
      return reply
    }),

    requestConfirmation: memberProcedure.mutation(async ({ ctx }) => {
      const { userId, signUpConversationId: conversationId } = ctx.session.user
      await ctx.limits.count({ 'resend.address': ctx.address, 'resend.account': userId })
      // A part of the sign-up: its person follows that conversation.
      const { reply } = await bus.execute(RequestConfirmation, { userId }, { conversationId })
      return reply
    }),

    requestEmailChange: memberProcedure.input(emailForm).mutation(async ({ ctx, input: { email, password } }) => {
      const { userId } = ctx.session.user
      const user = await accountByPassword({ prisma, limits: ctx.limits }, userId, password)
      if (!user) return { outcome: 'wrong-password' as const }
      await ctx.limits.count({ 'email-change.account': userId })
      const { reply } = await bus.execute(RequestEmailChange, { userId, email })
      return reply
    }),

    withdrawEmailChange: memberProcedure.mutation(async ({ ctx }) => {
      const { reply } = await bus.execute(WithdrawEmailChange, { userId: ctx.session.user.userId })
      return reply
    }),

    requestPhoneChange: memberProcedure.input(phoneForm).mutation(async ({ ctx, input: { phone } }) => {
      const { userId } = ctx.session.user
      await ctx.limits.count({ 'phone-code.address': ctx.address, 'phone-code.account': userId })
      const { reply } = await bus.execute(RequestPhoneChange, { userId, phone })
      return reply
    }),

    confirmPhone: memberProcedure.input(codeForm).mutation(async ({ ctx, input: { code } }) => {
      const { userId } = ctx.session.user
      const { reply } = await ctx.limits.attempt(
        { 'phone-code-entry.account': userId },
        () => bus.execute(ConfirmPhone, { userId, code }),
        (answer) => answer.reply.outcome === 'confirmed',
      )
      return reply
    }),

    removePhone: memberProcedure.mutation(async ({ ctx }) => {
      const { reply } = await bus.execute(RemovePhone, { userId: ctx.session.user.userId })
      return reply
    }),
  })
}

async function readProfile({ clock, prisma }: Omit<Parts, 'bus'>, userId: string): Promise<Profile | null> {
  const now = clock.now()
  const user = await findUser(prisma, userId)
  if (!user) return null
  const email = await findPendingEmailChange(prisma, userId, now)
  const phone = await findPendingPhoneChange(prisma, userId, now)
  return {
    name: user.name,
    email: user.email,
    emailConfirmed: user.emailConfirmedAt !== null,
    pendingEmail: email && { email: email.email, validUntil: email.expiresAt.toISOString() },
    phone: user.phone && phoneInWords(user.phone),
    phoneConfirmed: user.phoneConfirmedAt !== null,
    pendingPhone: phone && { phone: phoneInWords(phone.phone), triesLeft: phone.triesLeft },
  }
}
