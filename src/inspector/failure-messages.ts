import { z } from 'zod'
import { defineCommand, defineEvent, personal } from '../bus/message.ts'

const MOST_IGNORED = 100_000

/** What an operator says about a kind of failure: how it stands, whose it is, what is known. */
export const failureMark = z.object({
  fingerprint: z.string().min(1).max(64),
  state: z.enum(['new', 'acknowledged', 'resolved', 'ignored']),
  owner: personal(z.string().max(80)).nullable(),
  note: personal(z.string().max(1_000)).nullable(),
  /** With `ignored`: until so many more have died of it. */
  ignoreMore: z.int().min(1).max(MOST_IGNORED).nullable(),
})

export const MarkFailure = defineCommand('inspector.mark-failure', {
  description: 'Says of a kind of failure how it stands, whose it is, and what is known of it.',
  version: 1,
  body: failureMark.extend({ actorId: z.uuid() }),
  reply: z.object({ outcome: z.enum(['done', 'unknown']) }),
})

export const FailureMarked = defineEvent('inspector.failure-marked', {
  description: 'An operator has said how a kind of failure stands, whose it is, or what is known of it.',
  version: 1,
  body: failureMark.extend({ actorId: z.uuid() }),
})
