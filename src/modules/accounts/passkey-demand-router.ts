/** Whether operators and viewers must come in with a passkey. */
import { z } from 'zod'
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import type { Bus } from '../../bus/index.ts'
import { operatorProcedure, viewerProcedure } from '../../web/trpc/init.ts'
import { SetPasskeyDemand } from './messages.ts'
import type { Sessions } from './sessions.ts'
import { isPasskeyDemanded } from './store/passkey-demand.ts'

interface Parts {
  bus: Bus
  prisma: PrismaClient
  sessions: Sessions
}

export function passkeyDemandProcedures({ bus, prisma, sessions }: Parts) {
  return {
    /** With whether whoever asks is in with one, without which nobody can demand it. */
    passkeyDemand: viewerProcedure.query(async ({ ctx }) => ({
      isOn: await isPasskeyDemanded(prisma),
      isByPasskey: ctx.session.openedBy === 'passkey',
    })),

    setPasskeyDemand: operatorProcedure
      .input(z.object({ isOn: z.boolean() }))
      .mutation(async ({ ctx, input: { isOn } }) => {
        const { sessionId, user } = ctx.session
        const { reply } = await bus.execute(SetPasskeyDemand, { isOn, actorId: user.userId, sessionId })
        if (reply.outcome !== 'set') return reply
        sessions.tellClosed(reply.endedSessionIds)
        return { outcome: reply.outcome, ended: reply.endedSessionIds.length }
      }),
  }
}
