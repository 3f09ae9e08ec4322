import { z } from 'zod'
import type { Bus } from '../bus/index.ts'
import { operatorProcedure, viewerProcedure } from '../web/trpc/init.ts'
import { limitsSchema, PauseHandler, ResumeHandler, SetHandlerLimits, SpreadRetries } from './messages.ts'
import { DEFAULT_RANGE } from './model/range.ts'
import type { InspectorQueries } from './queries.ts'

interface Parts {
  bus: Bus
  queries: Pick<
    InspectorQueries,
    'overview' | 'handlersIn' | 'handler' | 'types' | 'type' | 'descriptions' | 'topology'
  >
}

/** How handlers run, and what operators do about it. */
export function handlerProcedures({ bus, queries }: Parts) {
  const subscription = z.string().max(200)
  const range = z.string().max(100).default(DEFAULT_RANGE)
  const handler = operatorProcedure.input(z.object({ subscription }))
  return {
    overview: viewerProcedure.input(z.object({ range })).query(({ input }) => queries.overview(input.range)),
    handlers: viewerProcedure.input(z.object({ range })).query(({ input }) => queries.handlersIn(input.range)),
    handler: viewerProcedure
      .input(z.object({ name: subscription, range }))
      .query(({ input }) => queries.handler(input)),
    descriptions: viewerProcedure.query(() => queries.descriptions()),
    types: viewerProcedure.input(z.object({ range })).query(({ input }) => queries.types(input.range)),
    type: viewerProcedure.input(z.object({ name: subscription, range })).query(({ input }) => queries.type(input)),
    topology: viewerProcedure.input(z.object({ range })).query(({ input }) => queries.topology(input.range)),
    pauseHandler: handler.mutation(async ({ ctx, input }) => {
      const { reply } = await bus.execute(PauseHandler, { ...input, actorId: ctx.session.user.userId })
      return reply
    }),
    resumeHandler: handler.mutation(async ({ ctx, input }) => {
      const { reply } = await bus.execute(ResumeHandler, { ...input, actorId: ctx.session.user.userId })
      return reply
    }),
    spreadRetries: operatorProcedure
      .input(z.object({ subscription, minutes: z.int().min(1).max(60) }))
      .mutation(async ({ ctx, input }) => {
        const { reply } = await bus.execute(SpreadRetries, { ...input, actorId: ctx.session.user.userId })
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
