import { z } from 'zod'
import type { Bus } from '../bus/index.ts'
import { operatorProcedure, viewerProcedure } from '../web/trpc/init.ts'
import { limitsSchema, PauseHandler, ResumeHandler, SetHandlerLimits } from './messages.ts'
import type { InspectorQueries } from './queries.ts'

interface Parts {
  bus: Bus
  queries: Pick<InspectorQueries, 'handlers'>
}

/** How handlers run, and what operators do about it. */
export function handlerProcedures({ bus, queries }: Parts) {
  const subscription = z.string().max(200)
  const handler = operatorProcedure.input(z.object({ subscription }))
  return {
    handlers: viewerProcedure.query(() => queries.handlers()),
    pauseHandler: handler.mutation(async ({ ctx, input }) => {
      const { reply } = await bus.execute(PauseHandler, { ...input, actorId: ctx.session.user.userId })
      return reply
    }),
    resumeHandler: handler.mutation(async ({ ctx, input }) => {
      const { reply } = await bus.execute(ResumeHandler, { ...input, actorId: ctx.session.user.userId })
      return reply
    }),
    setHandlerLimits: operatorProcedure
      .input(z.object({ subscription, limits: limitsSchema }))
      .mutation(async ({ ctx, input }) => {
        const { reply } = await bus.execute(SetHandlerLimits, { ...input, actorId: ctx.session.user.userId })
        return reply
      }),
  }
}
