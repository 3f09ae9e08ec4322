/** Where a person is logged in, and the way out. */
import { z } from 'zod'
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import type { Bus, Clock } from '../../bus/index.ts'
import { memberProcedure, router, type WayIn } from '../../web/trpc/init.ts'
import { EndSessions } from './messages.ts'
import { endSessionsForm } from './model/account-forms.ts'
import { type Device, deviceOf } from './model/device.ts'
import { wayInOf } from './model/ways-in.ts'
import { accountByPassword } from './password-again.ts'
import type { Sessions } from './sessions.ts'
import { listSessions } from './store.ts'

interface Parts {
  bus: Bus
  clock: Clock
  prisma: PrismaClient
  sessions: Sessions
}

export interface OwnSession {
  sessionId: string
  device: Device
  openedAt: string
  openedBy: WayIn
  lastUsedAt: string
  isThis: boolean
}

export function createSessionsRouter({ bus, clock, prisma, sessions }: Parts) {
  return router({
    list: memberProcedure.query(async ({ ctx }): Promise<{ sessions: OwnSession[] }> => {
      const { user, sessionId } = ctx.session
      const all = (await listSessions(prisma, user.userId, clock.now())).map(
        ({ id, userAgent, openedBy, ...times }) => ({
          sessionId: id,
          device: deviceOf(userAgent),
          openedAt: times.createdAt.toISOString(),
          openedBy: wayInOf(openedBy),
          lastUsedAt: times.lastUsedAt.toISOString(),
          isThis: id === sessionId,
        }),
      )
      return { sessions: [...all.filter((each) => each.isThis), ...all.filter((each) => !each.isThis)] }
    }),

    /**
     * One, or all but the one that asks: that one is ended by logging out. Whoever sits at a browser that was left open
     * must not throw its owner out of the others: the password is asked for.
     */
    end: memberProcedure
      .input(endSessionsForm.extend({ sessionId: z.uuid().nullable() }))
      .mutation(async ({ ctx, input: { sessionId, password } }) => {
        const { userId } = ctx.session.user
        const known = await accountByPassword({ prisma, limits: ctx.limits }, userId, password)
        if (!known) return { outcome: 'wrong-password' as const }
        const body = { userId, sessionId, keptSessionId: ctx.session.sessionId }
        const { reply } = await bus.execute(EndSessions, body)
        sessions.tellClosed(reply.endedSessionIds)
        return { outcome: 'ended' as const, ended: reply.endedSessionIds.length }
      }),
  })
}
