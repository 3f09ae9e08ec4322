/** Where a person is logged in, and the way out. */
import { z } from 'zod'
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import type { Bus, Clock } from '../../bus/index.ts'
import { memberProcedure, router } from '../../web/trpc/init.ts'
import { EndSessions } from './messages.ts'
import { type Device, deviceOf } from './model/device.ts'
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
  lastUsedAt: string
  isThis: boolean
}

export function createSessionsRouter({ bus, clock, prisma, sessions }: Parts) {
  return router({
    list: memberProcedure.query(async ({ ctx }): Promise<{ sessions: OwnSession[] }> => {
      const { user, sessionId } = ctx.session
      const all = (await listSessions(prisma, user.userId, clock.now())).map(({ id, userAgent, ...times }) => ({
        sessionId: id,
        device: deviceOf(userAgent),
        openedAt: times.createdAt.toISOString(),
        lastUsedAt: times.lastUsedAt.toISOString(),
        isThis: id === sessionId,
      }))
      return { sessions: [...all.filter((each) => each.isThis), ...all.filter((each) => !each.isThis)] }
    }),

    /** One, or all but the one that asks: that one is ended by logging out. */
    end: memberProcedure
      .input(z.object({ sessionId: z.uuid().nullable() }))
      .mutation(async ({ ctx, input: { sessionId } }) => {
        const body = { userId: ctx.session.user.userId, sessionId, keptSessionId: ctx.session.sessionId }
        const { reply } = await bus.execute(EndSessions, body)
        sessions.tellClosed(reply.endedSessionIds)
        return { ended: reply.endedSessionIds.length }
      }),
  })
}
