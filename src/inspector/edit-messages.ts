import { z } from 'zod'
import { defineCommand, defineEvent, secret } from '../bus/message.ts'

const MAX_JSON = 256 * 1024

export const EditAndRetry = defineCommand('inspector.edit-and-retry', {
  description: 'Sends an edited body in place of one that could not be handled, to the handler that failed.',
  version: 1,
  // The text may hold whatever the message holds: sealed at rest.
  body: z.object({ deliveryId: z.uuid(), actorId: z.uuid(), json: secret(z.string().max(MAX_JSON)) }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('retried'), messageId: z.uuid() }),
    z.object({ outcome: z.literal('invalid'), issues: z.array(z.object({ path: z.string(), expected: z.string() })) }),
    /** Somebody has resolved it already: how. */
    z.object({ outcome: z.literal('resolved'), state: z.string(), reason: z.string().nullable() }),
    z.object({ outcome: z.literal('unknown') }),
  ]),
})

export const EditedAndRetried = defineEvent('inspector.edited-and-retried', {
  description: 'An edited body was sent in place of one that could not be handled.',
  version: 1,
  body: z.object({ deliveryId: z.uuid(), actorId: z.uuid(), newMessageId: z.uuid() }),
})
