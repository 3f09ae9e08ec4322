import { z } from 'zod'
import { defineCommand, defineEvent } from '../bus/message.ts'
import { WATCHED } from './model/alerts.ts'

const clearing = z.object({
  /** A number of the overview, or the id of a saved view. */
  alert: z.union([z.enum(WATCHED), z.uuid()]),
  /** How urgent it is to whoever clears it: where it gets more so, it is an alert again. */
  level: z.union([z.literal(1), z.literal(2)]),
  actorId: z.uuid(),
})

export const ClearAlert = defineCommand('inspector.clear-alert', {
  description: 'Says of an alert that it is seen to.',
  version: 1,
  body: clearing,
  reply: z.object({ outcome: z.enum(['done', 'unknown']) }),
})

export const AlertCleared = defineEvent('inspector.alert-cleared', {
  description: 'Somebody sees to an alert: it is none until it gets more urgent.',
  version: 1,
  body: clearing,
})
