/** Messages to try the bus with: they mean nothing, and are handled like all others. */
import { z } from 'zod'
import { defineCommand, defineEvent } from '../../bus/message.ts'

export const RingBell = defineCommand('practice.ring-bell', {
  description: 'Asks for one event that several handlers hear.',
  version: 1,
  body: z.object({ actorId: z.uuid() }),
  /** The event that was published. */
  reply: z.object({ messageId: z.uuid() }),
})

export const BellRung = defineEvent('practice.bell-rung', {
  description: 'The bell was rung. It means nothing, and several handlers hear it.',
  version: 1,
  body: z.object({ actorId: z.uuid() }),
})
