import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import type { Bus } from '../bus/index.ts'
import { memberProcedure, operatorProcedure, publicProcedure, router, viewerProcedure } from '../web/trpc/init.ts'
import { handlerProcedures } from './handlers-router.ts'
import { DiscardDelivery, faultSchema, RestoreDelivery, RetryDelivery, SetFault, UnparkDelivery } from './messages.ts'
import { COMPLETED_FIELDS } from './model/filter/completion.ts'
import { MAX_FILTER, parseFilter } from './model/filter/parse.ts'
import { MOST_PAYLOAD_COLUMNS } from './model/live-columns.ts'
import { practiceProcedures } from './practice-router.ts'
import type { InspectorQueries } from './queries.ts'
import { recoveryProcedures } from './recovery-router.ts'
import { revealProcedures } from './reveal-router.ts'
import { schedulingProcedures } from './scheduled-router.ts'
import { viewProcedures } from './views-router.ts'

interface Parts {
  bus: Bus
  queries: InspectorQueries
  faultsAllowed: boolean
}

const idSchema = z.uuid()
const placeSchema = z.object({ occurredAt: z.iso.datetime(), messageId: idSchema })
const pageSchema = z.object({
  before: placeSchema.nullable().default(null),
  limit: z.int().min(1).max(200).default(100),
})

const auditSchema = z.object({
  operatorsOnly: z.boolean().default(true),
  cursor: z.object({ at: z.iso.datetime(), id: idSchema }).nullable().default(null),
  limit: z.int().min(1).max(200).default(100),
})
const textSchema = z.string().max(500)
/** Deliveries whose failures are asked for at once. */
const MOST_FAILURES = 500
/** A screen full of rows, and some beyond. */
const MOST_ROWS_IN_VIEW = 200
const filterSchema = z.string().max(MAX_FILTER)

const processesSchema = z.object({
  status: z.enum(['running', 'completed', 'failed']).nullable().default(null),
  before: z.object({ startedAt: z.iso.datetime(), process: z.string(), key: z.string() }).nullable().default(null),
  limit: z.int().min(1).max(200).default(100),
})

export function createInspectorRouter({ bus, queries, faultsAllowed }: Parts) {
  const delivery = operatorProcedure.input(z.object({ deliveryId: idSchema }))
  return router({
    ...recoveryProcedures({ bus, queries }),
    ...handlerProcedures({ bus, queries }),
    ...schedulingProcedures({ bus, queries }),
    ...viewProcedures({ bus, queries }),
    ...revealProcedures({ bus, queries }),
    ...practiceProcedures({ bus }),

    sample: publicProcedure.query(() => queries.sample()),

    myConversation: memberProcedure.input(z.object({ id: idSchema })).query(async ({ ctx, input }) => {
      const isOwn = await queries.ownsConversation(ctx.session.user.userId, input.id)
      return isOwn ? queries.conversation(input.id) : null
    }),

    // An id that is none changes nothing and finds nothing: the page says so.
    message: viewerProcedure
      .input(z.object({ id: z.string() }))
      .query(({ input }) => (idSchema.safeParse(input.id).success ? queries.message(input.id) : null)),
    payload: viewerProcedure.input(z.object({ id: idSchema })).query(({ input }) => queries.payload(input.id)),
    attempt: viewerProcedure
      .input(z.object({ deliveryId: idSchema, number: z.int32().min(1) }))
      .query(({ input }) => queries.attempt(input)),
    priorState: viewerProcedure
      .input(z.object({ deliveryId: idSchema }))
      .query(({ input }) => queries.priorState(input.deliveryId)),
    columnValues: viewerProcedure
      .input(
        z.object({
          ids: z.array(idSchema).max(MOST_ROWS_IN_VIEW),
          paths: z.array(z.string().max(120)).max(MOST_PAYLOAD_COLUMNS),
        }),
      )
      .query(({ input }) => queries.columnValues(input)),
    neighbours: viewerProcedure.input(z.object({ id: idSchema })).query(({ input }) => queries.neighbours(input.id)),
    comparables: viewerProcedure.input(z.object({ id: idSchema })).query(({ input }) => queries.comparables(input.id)),
    conversation: viewerProcedure
      .input(z.object({ id: z.string() }))
      .query(({ input }) => (idSchema.safeParse(input.id).success ? queries.conversation(input.id) : null)),
    timeline: viewerProcedure
      .input(z.object({ id: z.string() }))
      .query(({ input }) => (idSchema.safeParse(input.id).success ? queries.timeline(input.id) : null)),
    recording: viewerProcedure.input(z.object({ id: idSchema })).query(({ input }) => queries.recording(input.id)),
    failures: viewerProcedure
      .input(z.object({ deliveryIds: z.array(idSchema).max(MOST_FAILURES) }))
      .query(({ input }) => queries.failures(input.deliveryIds)),
    processesOf: viewerProcedure
      .input(z.object({ conversationId: idSchema }))
      .query(({ input }) => queries.processesOf(input.conversationId)),
    page: viewerProcedure.input(pageSchema).query(async ({ input }) => ({ rows: await queries.page(input) })),
    search: viewerProcedure.input(pageSchema.extend({ filter: filterSchema })).query(({ input }) => {
      const parsed = parseFilter(input.filter)
      if (!parsed.ok) throw new TRPCError({ code: 'BAD_REQUEST', message: parsed.message })
      return queries.search({ ...input, clauses: parsed.clauses })
    }),
    density: viewerProcedure.query(() => queries.density()),
    filterValues: viewerProcedure
      .input(z.object({ field: z.enum(COMPLETED_FIELDS) }))
      .query(async ({ input }) => ({ values: await queries.filterValues(input.field) })),
    processes: viewerProcedure
      .input(processesSchema)
      .query(async ({ input }) => ({ rows: await queries.processes(input) })),
    process: viewerProcedure
      .input(z.object({ name: z.string().max(200), key: z.string().max(200) }))
      .query(({ input }) => queries.process(input)),
    revision: viewerProcedure
      .input(
        z.object({
          name: z.string().max(200),
          key: z.string().max(200),
          version: z
            .int()
            .min(1)
            .max(2 ** 31 - 1),
        }),
      )
      .query(({ input }) => queries.revision(input)),
    go: viewerProcedure.input(z.object({ text: textSchema })).query(({ input }) => queries.go(input.text)),
    key: viewerProcedure.input(z.object({ key: textSchema })).query(({ input }) => queries.key(input.key)),
    followed: viewerProcedure
      .input(z.object({ key: textSchema, since: z.string().max(100).nullable() }))
      .query(({ input }) => queries.followed(input)),
    audit: viewerProcedure
      .input(auditSchema)
      .query(({ input: { cursor, ...input } }) => queries.audit({ ...input, before: cursor })),
    nodes: viewerProcedure.query(() => queries.nodes()),
    faultsAllowed: viewerProcedure.query(() => faultsAllowed),

    retry: delivery.mutation(async ({ ctx, input }) => {
      const { reply } = await bus.execute(RetryDelivery, { ...input, actorId: ctx.session.user.userId })
      return reply
    }),
    discard: operatorProcedure
      .input(z.object({ deliveryId: idSchema, reason: z.string().trim().min(1, 'Please give a reason.').max(500) }))
      .mutation(async ({ ctx, input }) => {
        const { reply } = await bus.execute(DiscardDelivery, { ...input, actorId: ctx.session.user.userId })
        return reply
      }),
    restore: delivery.mutation(async ({ ctx, input }) => {
      const { reply } = await bus.execute(RestoreDelivery, { ...input, actorId: ctx.session.user.userId })
      return reply
    }),
    unpark: delivery.mutation(async ({ ctx, input }) => {
      const { reply } = await bus.execute(UnparkDelivery, { ...input, actorId: ctx.session.user.userId })
      return reply
    }),
    setFault: operatorProcedure
      .input(z.object({ subscription: z.string().max(200), fault: faultSchema.nullable() }))
      .mutation(async ({ ctx, input }) => {
        if (!faultsAllowed)
          throw new TRPCError({ code: 'FORBIDDEN', message: 'Faults are off here. Set FAULTS=on to allow them.' })
        const { reply } = await bus.execute(SetFault, { ...input, actorId: ctx.session.user.userId })
        return reply
      }),
  })
}
