/** Messages to try the bus with: they mean nothing, and are handled like all others. */
import { z } from 'zod'
import { defineCommand, defineEvent } from '../../bus/message.ts'

/** Asks for one event that several handlers hear. */
export const RingBell = defineCommand('practice.ring-bell', {
  version: 1,
  body: z.object({ actorId: z.uuid() }),
  /** The event that was published. */
  reply: z.object({ messageId: z.uuid() }),
})

export const BellRung = defineEvent('practice.bell-rung', { version: 1, body: z.object({ actorId: z.uuid() }) })
