/** What operators see and change about who may do what. */
import { z } from 'zod'
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import { type Bus, type Clock, newId } from '../../bus/index.ts'
import { revealReason } from '../../web/revealing.ts'
import { operatorProcedure, router, type SignedInContext, type UserRole } from '../../web/trpc/init.ts'
import { ChangeRole, EndSessions, InvitePerson, NoteAddressReveal, WithdrawInvitation } from './messages.ts'
import { inviteForm } from './model/account-forms.ts'
import { emailKeyOf } from './model/email-address.ts'
import { maskedAddress } from './model/masked-address.ts'
import { ROLES, roleOf } from './model/role.ts'
import type { Sessions } from './sessions.ts'
import { listInvitations } from './store/invitations.ts'
import { listPeople } from './store/roles.ts'
import { findUser, findUserByEmail } from './store.ts'

interface Parts {
  bus: Bus
  clock: Clock
  prisma: PrismaClient
  sessions: Sessions
  operatorEmails: readonly string[]
  /** Gives somebody who is in another session. */
  goOn(ctx: SignedInContext): Promise<void>
}

export interface ListedPerson {
  userId: string
  name: string
  /** Enough to know it again. */
  maskedEmail: string
  emailConfirmed: boolean
  role: UserRole
  /** An operator by OPERATOR_EMAILS: no other role can be given here. */
  isNamed: boolean
  createdAt: string
}

export interface OpenInvitation {
  invitationId: string
  email: string
  role: UserRole
  invitedAt: string
  validUntil: string
}

const roleSchema = z.enum(ROLES)

export function createPeopleRouter({ bus, clock, prisma, sessions, operatorEmails, goOn }: Parts) {
  type Row = Awaited<ReturnType<typeof listPeople>>['people'][number]
  const toPerson = (user: Row): ListedPerson => ({
    userId: user.id,
    name: user.name,
    maskedEmail: maskedAddress(user.email),
    emailConfirmed: user.emailConfirmedAt !== null,
    role: roleOf(user, operatorEmails),
    isNamed: roleOf({ ...user, role: 'member' }, operatorEmails) === 'operator',
    createdAt: user.createdAt.toISOString(),
  })
  return router({
    list: operatorProcedure
      .input(z.object({ before: z.uuid().nullable().default(null) }).default({ before: null }))
      .query(async ({ input }) => {
        const { people, hasMore } = await listPeople(prisma, input.before)
        return { people: people.map(toPerson), next: hasMore ? (people.at(-1)?.id ?? null) : null }
      }),

    /** By the exact address, however it is written. */
    find: operatorProcedure.input(z.object({ email: z.string().max(254) })).query(async ({ input }) => {
      const user = await findUserByEmail(prisma, emailKeyOf(input.email))
      return { person: user && toPerson(user) }
    }),

    /** The answer is for the page that asked alone. */
    reveal: operatorProcedure
      .input(z.object({ userId: z.uuid(), reason: revealReason }))
      .mutation(async ({ ctx, input }) => {
        const { reply } = await bus.execute(NoteAddressReveal, { ...input, actorId: ctx.session.user.userId })
        const user = reply.outcome === 'noted' ? await findUser(prisma, input.userId) : null
        return { email: user?.email ?? null }
      }),

    /** Whom somebody has asked to join, whose address alone says who it is. */
    invitations: operatorProcedure.query(async (): Promise<{ invitations: OpenInvitation[] }> => {
      const open = await listInvitations(prisma, clock.now())
      return {
        invitations: open.map((each) => ({
          invitationId: each.id,
          email: each.email,
          role: roleSchema.parse(each.role),
          invitedAt: each.createdAt.toISOString(),
          validUntil: each.expiresAt.toISOString(),
        })),
      }
    }),

    invite: operatorProcedure.input(inviteForm).mutation(async ({ ctx, input }) => {
      const invitedBy = ctx.session.user.userId
      await ctx.limits.count({ 'invitation.account': invitedBy, 'invitation.invited': emailKeyOf(input.email) })
      const body = { ...input, userId: newId(), invitedBy }
      const { reply } = await bus.execute(InvitePerson, body)
      return reply
    }),

    withdrawInvitation: operatorProcedure
      .input(z.object({ invitationId: z.uuid() }))
      .mutation(async ({ ctx, input: { invitationId: userId } }) => {
        const { reply } = await bus.execute(WithdrawInvitation, { userId, withdrawnBy: ctx.session.user.userId })
        return reply
      }),

    changeRole: operatorProcedure
      .input(z.object({ userId: z.uuid(), role: roleSchema }))
      .mutation(async ({ ctx, input }) => {
        const self = ctx.session.user.userId
        const { reply } = await bus.execute(ChangeRole, { ...input, changedBy: self })
        if (reply.outcome !== 'changed') return reply
        sessions.tellClosed(reply.endedSessionIds)
        // Whoever gives up a role of their own stays logged in, with a session that never had it.
        if (input.userId === self) await goOn(ctx)
        return { outcome: 'changed' as const }
      }),

    /** All log-ins of somebody else: one's own are ended where the password is asked for. */
    endSessions: operatorProcedure
      .input(z.object({ userId: z.uuid() }))
      .mutation(async ({ ctx, input: { userId } }) => {
        const endedBy = ctx.session.user.userId
        if (userId === endedBy) return { outcome: 'oneself' as const }
        const { reply } = await bus.execute(EndSessions, { userId, sessionId: null, keptSessionId: null, endedBy })
        sessions.tellClosed(reply.endedSessionIds)
        return { outcome: 'ended' as const, ended: reply.endedSessionIds.length }
      }),
  })
}
