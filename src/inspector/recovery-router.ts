/** The part of the inspector's API about what died: groups, and operations on them. */
import { z } from 'zod'
import { type Bus, ITEM_STATES } from '../bus/index.ts'
import { operatorProcedure, viewerProcedure } from '../web/trpc/init.ts'
import { EditAndRetry } from './edit-messages.ts'
import { failureMark, MarkFailure } from './failure-messages.ts'
import { GROUPINGS } from './model/dead-letters.ts'
import { EXPORT_FORMATS } from './model/dead-letters-export.ts'
import {
  AbortOperation,
  operationRequest,
  PauseOperation,
  ResumeOperation,
  StartOperation,
  selectionSchema,
  UndoOperation,
} from './operation-messages.ts'
import type { InspectorQueries } from './queries.ts'
import { Replay } from './replay-messages.ts'

interface Parts {
  bus: Bus
  queries: InspectorQueries
}

const MAX_JSON = 256 * 1024
const idSchema = z.uuid()
const filterSchema = z.object({
  subscription: z.string().max(200).nullable().default(null),
  text: z.string().max(200).nullable().default(null),
})
const limitSchema = z.int().min(1).max(200).default(100)

export function recoveryProcedures({ bus, queries }: Parts) {
  const operation = operatorProcedure.input(z.object({ operationId: idSchema }))
  return {
    deadLetters: viewerProcedure
      .input(
        filterSchema.extend({
          by: z.enum(GROUPINGS).default('failure'),
          before: z.object({ lastSeenAt: z.iso.datetime(), fingerprint: z.string() }).nullable().default(null),
          limit: limitSchema,
        }),
      )
      .query(({ input }) => queries.deadLetters(input)),
    deadLetterGroup: viewerProcedure
      .input(
        z.object({
          fingerprint: z.string().max(64),
          before: z.object({ settledAt: z.iso.datetime(), deliveryId: idSchema }).nullable().default(null),
          limit: limitSchema,
        }),
      )
      .query(({ input }) => queries.deadLetterGroup(input)),
    // A query by its nature; its input, up to 500 fingerprints, is too long for an address.
    exportDeadLetters: viewerProcedure
      .input(z.object({ selection: selectionSchema, format: z.enum(EXPORT_FORMATS) }))
      .mutation(({ input }) => queries.exportDeadLetters(input)),
    deadLetterCount: viewerProcedure.query(() => queries.deadLetterCount()),

    discarded: viewerProcedure
      .input(
        filterSchema.extend({
          cursor: z.object({ at: z.iso.datetime(), deliveryId: idSchema }).nullable().default(null),
          limit: limitSchema,
        }),
      )
      .query(({ input: { cursor, ...request } }) => queries.discarded({ ...request, before: cursor })),

    operations: viewerProcedure
      .input(
        z.object({
          before: z.object({ startedAt: z.iso.datetime(), operationId: idSchema }).nullable().default(null),
          limit: limitSchema,
        }),
      )
      .query(async ({ input }) => ({ operations: await queries.operations(input) })),
    operationsUnderway: viewerProcedure.query(() => queries.operationsUnderway()),
    operation: viewerProcedure
      .input(
        z.object({
          id: z.string(),
          state: z.enum(ITEM_STATES).nullable().default(null),
          after: z.int32().min(0).default(0),
          limit: limitSchema,
        }),
      )
      .query(({ input }) => (idSchema.safeParse(input.id).success ? queries.operation(input) : null)),
    // A query by its nature; its input, up to 500 ids, is too long for an address.
    previewOperation: operatorProcedure.input(selectionSchema).mutation(({ input }) => queries.preview(input)),

    startOperation: operatorProcedure
      .input(operationRequest.extend({ idempotencyKey: idSchema }))
      .mutation(async ({ ctx, input: { idempotencyKey, ...request } }) => {
        const body = { ...request, actorId: ctx.session.user.userId }
        const { reply } = await bus.execute(StartOperation, body, { idempotencyKey })
        return reply
      }),
    markFailure: operatorProcedure.input(failureMark).mutation(async ({ ctx, input }) => {
      const { reply } = await bus.execute(MarkFailure, { ...input, actorId: ctx.session.user.userId })
      return reply
    }),
    editAndRetry: operatorProcedure
      .input(z.object({ deliveryId: idSchema, json: z.string().max(MAX_JSON) }))
      .mutation(async ({ ctx, input }) => {
        const { reply } = await bus.execute(EditAndRetry, { ...input, actorId: ctx.session.user.userId })
        return reply
      }),
    subscriptions: viewerProcedure.query(() => queries.eventSubscriptions()),
    replay: operatorProcedure
      .input(z.object({ subscription: z.string().max(200), from: z.iso.datetime(), to: z.iso.datetime() }))
      .mutation(async ({ ctx, input }) => {
        const body = { ...input, actorId: ctx.session.user.userId }
        const { reply, conversationId } = await bus.execute(Replay, body)
        return { ...reply, conversationId }
      }),
    undoOperation: operation.mutation(async ({ ctx, input }) => {
      const { reply } = await bus.execute(UndoOperation, { ...input, actorId: ctx.session.user.userId })
      return reply
    }),
    pauseOperation: operation.mutation(async ({ ctx, input }) => {
      const { reply } = await bus.execute(PauseOperation, { ...input, actorId: ctx.session.user.userId })
      return reply
    }),
    resumeOperation: operation.mutation(async ({ ctx, input }) => {
      const { reply } = await bus.execute(ResumeOperation, { ...input, actorId: ctx.session.user.userId })
      return reply
    }),
    abortOperation: operation.mutation(async ({ ctx, input }) => {
      const { reply } = await bus.execute(AbortOperation, { ...input, actorId: ctx.session.user.userId })
      return reply
    }),
  }
}
