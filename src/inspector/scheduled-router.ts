import { z } from 'zod'
import type { Bus } from '../bus/index.ts'
import { operatorProcedure, viewerProcedure } from '../web/trpc/init.ts'
import { CancelMessage, RescheduleMessage } from './messages.ts'
import type { InspectorQueries } from './queries.ts'

interface Parts {
  bus: Bus
  queries: Pick<InspectorQueries, 'scheduled' | 'recurring'>
}

const pageSchema = z.object({
  cursor: z.object({ dueAt: z.iso.datetime(), deliveryId: z.uuid() }).nullable().default(null),
  limit: z.int().min(1).max(200).default(100),
})

/** What is due later, and what operators do about it. */
export function schedulingProcedures({ bus, queries }: Parts) {
  return {
    scheduled: viewerProcedure.input(pageSchema).query(async ({ input: { cursor, limit } }) => ({
      rows: await queries.scheduled({ after: cursor, limit }),
    })),
    recurring: viewerProcedure.query(() => queries.recurring()),
    cancel: operatorProcedure
      .input(z.object({ messageId: z.uuid(), reason: z.string().trim().min(1, 'Please give a reason.').max(500) }))
      .mutation(async ({ ctx, input }) => {
        const { reply } = await bus.execute(CancelMessage, { ...input, actorId: ctx.session.user.userId })
        return reply
      }),
    reschedule: operatorProcedure
      .input(z.object({ messageId: z.uuid(), at: z.iso.datetime() }))
      .mutation(async ({ ctx, input }) => {
        const { reply } = await bus.execute(RescheduleMessage, { ...input, actorId: ctx.session.user.userId })
        return reply
      }),
  }
}
