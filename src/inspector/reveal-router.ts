import { z } from 'zod'
import type { Bus } from '../bus/index.ts'
import { revealReason } from '../web/revealing.ts'
import { operatorProcedure } from '../web/trpc/init.ts'
import type { InspectorQueries } from './queries.ts'
import { NoteReveal } from './reveal-messages.ts'

interface Parts {
  bus: Bus
  queries: Pick<InspectorQueries, 'revealed'>
}

export function revealProcedures({ bus, queries }: Parts) {
  return {
    /** The answer is for the page that asked alone: it is in no message, no log and no frame of the feed. */
    reveal: operatorProcedure
      .input(
        z.object({
          messageId: z.uuid(),
          field: z.string().max(300).nullable(),
          reason: revealReason,
        }),
      )
      .mutation(async ({ ctx, input }) => {
        const { reply } = await bus.execute(NoteReveal, { ...input, actorId: ctx.session.user.userId })
        return { fields: reply.outcome === 'noted' ? await queries.revealed(input) : [] }
      }),
  }
}
