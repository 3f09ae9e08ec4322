import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import type { Bus } from '../bus/index.ts'
import { operatorProcedure, viewerProcedure } from '../web/trpc/init.ts'
import { ClearAlert } from './alert-messages.ts'
import { parseFilter } from './model/filter/parse.ts'
import type { InspectorQueries } from './queries.ts'
import { RemoveView, SaveView, viewRequest } from './view-messages.ts'

interface Parts {
  bus: Bus
  queries: Pick<InspectorQueries, 'savedViews' | 'viewAlerts'>
}

/** Views of the live list. A viewer saves them, too: they change nothing but what one sees. */
export function viewProcedures({ bus, queries }: Parts) {
  return {
    savedViews: viewerProcedure.query(({ ctx }) => queries.savedViews(ctx.session.user.userId)),
    viewAlerts: viewerProcedure.query(({ ctx }) => queries.viewAlerts(ctx.session.user.userId)),
    saveView: viewerProcedure.input(viewRequest).mutation(async ({ ctx, input }) => {
      const parsed = parseFilter(input.filter)
      if (!parsed.ok) throw new TRPCError({ code: 'BAD_REQUEST', message: parsed.message })
      const { reply } = await bus.execute(SaveView, { ...input, actorId: ctx.session.user.userId })
      return reply
    }),
    clearAlert: operatorProcedure.input(ClearAlert.body.omit({ actorId: true })).mutation(async ({ ctx, input }) => {
      const { reply } = await bus.execute(ClearAlert, { ...input, actorId: ctx.session.user.userId })
      return reply
    }),
    removeView: viewerProcedure.input(z.object({ viewId: z.uuid() })).mutation(async ({ ctx, input }) => {
      const { reply } = await bus.execute(RemoveView, { ...input, actorId: ctx.session.user.userId })
      return reply
    }),
  }
}
