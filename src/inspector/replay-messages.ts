import { z } from 'zod'
import { defineCommand, defineEvent } from '../bus/message.ts'

const range = { subscription: z.string().max(200), actorId: z.uuid(), from: z.iso.datetime(), to: z.iso.datetime() }

export const Replay = defineCommand('inspector.replay', {
  description: 'Delivers the messages of a time to a subscription that has not had them.',
  version: 1,
  body: z.object(range),
  reply: z.object({ outcome: z.enum(['started', 'unknown']) }),
})

export const ContinueReplay = defineCommand('inspector.continue-replay', {
  description:
    'The next part of a replay: each one sends for the one after it, so that it goes on wherever it was left.',
  version: 1,
  body: z.object({
    ...range,
    after: z.object({ occurredAt: z.iso.datetime(), messageId: z.uuid() }),
    replayed: z.int().min(0),
  }),
  reply: z.object({ replayed: z.int() }),
})

export const MessagesReplayed = defineEvent('inspector.messages-replayed', {
  description: 'Messages of a time were delivered to a subscription that had not had them.',
  version: 1,
  body: z.object({ ...range, replayed: z.int() }),
})
