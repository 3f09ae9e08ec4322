/** What operators do to many dead deliveries at once. */
import { z } from 'zod'
import { defineCommand, defineEvent } from '../bus/message.ts'

const operationId = z.uuid()
const actorId = z.uuid()
const MAX_CHOSEN = 500

/** Which dead deliveries are meant. */
export const selectionSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('ids'), deliveryIds: z.array(z.uuid()).min(1).max(MAX_CHOSEN) }),
  z.object({ by: z.literal('group'), fingerprint: z.string().max(64) }),
  z.object({
    by: z.literal('groups'),
    fingerprints: z.array(z.string().max(64)).min(1).max(MAX_CHOSEN),
    /** What they have in common, in words. */
    title: z.string().max(200),
  }),
  z.object({
    by: z.literal('filter'),
    subscription: z.string().max(200).nullable(),
    /** Part of the error's first line. */
    text: z.string().max(200).nullable(),
  }),
])
export type Selection = z.infer<typeof selectionSchema>

const paceSchema = z.object({
  stages: z.array(z.int().min(1).max(1_000)).max(5),
  perSecond: z.int().min(1).max(1_000),
  stopShare: z.number().gt(0).max(1).nullable(),
})

/** How an operation is asked for: on what, as of when, how fast. */
export const operationRequest = z.object({
  kind: z.enum(['retry', 'discard']),
  selection: selectionSchema,
  /** The time for which the operator was shown how many there are: what died later is not in it. */
  asOf: z.iso.datetime(),
  pace: paceSchema,
  reason: z.string().max(500).nullable(),
})

const start = operationRequest.extend({ actorId })

export const StartOperation = defineCommand('inspector.start-operation', {
  description: 'Retries or discards many dead deliveries at a pace; which they are is settled when it begins.',
  version: 2,
  body: start,
  upcast: { 1: inStages },
  reply: z.object({ operationId: operationId.nullable(), total: z.int() }),
})

/** Before there were stages, one could be tried first, or none. */
function inStages(old: Record<string, unknown>): z.input<typeof start> {
  const { pace, ...rest } = old as z.input<typeof start> & { pace: { oneFirst: boolean } }
  return { ...rest, pace: { perSecond: pace.perSecond, stopShare: pace.stopShare, stages: pace.oneFirst ? [1] : [] } }
}

export const UndoOperation = defineCommand('inspector.undo-operation', {
  description: 'Takes back what a discarding operation has discarded.',
  version: 1,
  body: z.object({ operationId, actorId }),
  reply: z.object({ operationId: operationId.nullable(), total: z.int() }),
})

const control = z.object({ operationId, actorId })
const controlled = z.object({ outcome: z.enum(['done', 'wrong-state', 'unknown']) })

export const PauseOperation = defineCommand('inspector.pause-operation', {
  description: 'Lets an operation rest; what it has begun is ended.',
  version: 1,
  body: control,
  reply: controlled,
})
export const ResumeOperation = defineCommand('inspector.resume-operation', {
  description: 'Lets an operation go on where it rested.',
  version: 1,
  body: control,
  reply: controlled,
})
export const AbortOperation = defineCommand('inspector.abort-operation', {
  description: 'Ends an operation before its time; what it has not taken stays as it is.',
  version: 1,
  body: control,
  reply: controlled,
})

export const OperationStarted = defineEvent('inspector.operation-started', {
  description: 'An operator has begun to retry, discard or restore many deliveries.',
  version: 1,
  body: z.object({ operationId, actorId, kind: z.enum(['retry', 'discard', 'restore']), total: z.int() }),
})
export const OperationPaused = defineEvent('inspector.operation-paused', {
  description: 'An operator lets an operation rest.',
  version: 1,
  body: control,
})
export const OperationResumed = defineEvent('inspector.operation-resumed', {
  description: 'An operator has let an operation go on.',
  version: 1,
  body: control,
})
export const OperationAborted = defineEvent('inspector.operation-aborted', {
  description: 'An operator has ended an operation before its time.',
  version: 1,
  body: control,
})

export const OperationEnded = defineEvent('inspector.operation-ended', {
  description: 'It came to its end by itself: every item has its outcome, or too many failed again.',
  version: 1,
  body: z.object({ operationId, state: z.enum(['completed', 'stopped']) }),
})
