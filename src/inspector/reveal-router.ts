import { z } from 'zod'
import type { Bus } from '../bus/index.ts'
import { revealReason } from '../web/revealing.ts'
import { operatorProcedure } from '../web/trpc/init.ts'
import type { InspectorQueries } from './queries.ts'
import { NoteReveal } from './reveal-messages.ts'

interface Parts {
  bus: Bus
  queries: Pick<InspectorQueries, 'revealed' | 'subject'>
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
        const subject = await queries.subject(input.messageId)
        // Of somebody who was erased nothing is shown, and nothing is noted any more.
        if (!subject || subject.isErased) return { fields: [] }
        const body = { ...input, personId: subject.personId, actorId: ctx.session.user.userId }
        const { reply } = await bus.execute(NoteReveal, body)
        return { fields: reply.outcome === 'noted' ? await queries.revealed(input) : [] }
      }),
  }
}
