/** What operators do in the inspector: commands and events like any other, hence audited and visible. */
import { z } from 'zod'
import { defineCommand, defineEvent } from '../bus/message.ts'

const deliveryId = z.uuid()
const actorId = z.uuid()
const reply = z.object({ outcome: z.enum(['done', 'wrong-state', 'unknown']) })
const reason = z.string().min(1).max(500)

/** What a handler is told to do wrong; null ends it. */
export const faultSchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('fail-times'), remaining: z.int().min(1).max(100) }),
  z.object({ mode: z.literal('always') }),
  z.object({ mode: z.literal('slow'), delayMs: z.int().min(1).max(60_000) }),
])

export const RetryDelivery = defineCommand('inspector.retry-delivery', {
  description: 'Tries a delivery again that was given up, or now instead of later.',
  version: 1,
  body: z.object({ deliveryId, actorId }),
  reply,
})

export const DiscardDelivery = defineCommand('inspector.discard-delivery', {
  description: 'Gives up a delivery for good, for a reason. For a while it can be brought back.',
  version: 1,
  body: z.object({ deliveryId, actorId, reason }),
  reply,
})

export const RestoreDelivery = defineCommand('inspector.restore-delivery', {
  description: 'Brings a discarded delivery back to what it was before.',
  version: 1,
  body: z.object({ deliveryId, actorId }),
  reply,
})

export const SetFault = defineCommand('inspector.set-fault', {
  description: 'Makes a handler fail or be slow, on purpose; or lets it behave again.',
  version: 1,
  body: z.object({ subscription: z.string(), actorId, fault: faultSchema.nullable() }),
  reply: z.object({ outcome: z.enum(['done', 'unknown', 'protected']) }),
})

export const UnparkDelivery = defineCommand('inspector.unpark-delivery', {
  description: 'Lets go of a delivery that is parked, whether or not this build can read it by now.',
  version: 1,
  body: z.object({ deliveryId, actorId }),
  reply,
})

/** How fast a handler runs; null is what it declares. */
export const limitsSchema = z.object({
  /** Deliveries handled at once on one node. */
  concurrency: z.int().min(1).max(1_000).nullable(),
  /** At most so many attempts in so many milliseconds, on all nodes together. */
  rateLimit: z.object({ count: z.int().min(1).max(100_000), perMs: z.int().min(1).max(86_400_000) }).nullable(),
})

export const SpreadRetries = defineCommand('inspector.spread-retries', {
  description:
    'Retries of a handler that are due within the hour come one after the other, over so many minutes from now.',
  version: 1,
  body: z.object({ subscription: z.string(), actorId, minutes: z.int().min(1).max(60) }),
  reply: z.object({ outcome: z.enum(['done', 'unknown', 'protected']), count: z.int() }),
})

export const CancelMessage = defineCommand('inspector.cancel-message', {
  description: 'Takes back a message that no handler has tried yet.',
  version: 1,
  body: z.object({ messageId: z.uuid(), actorId, reason }),
  reply,
})

export const RescheduleMessage = defineCommand('inspector.reschedule-message', {
  description: 'Gives a message that no handler has tried yet another time.',
  version: 1,
  body: z.object({ messageId: z.uuid(), actorId, at: z.iso.datetime() }),
  reply,
})

const handlerReply = z.object({ outcome: z.enum(['done', 'unknown', 'protected']) })

export const PauseHandler = defineCommand('inspector.pause-handler', {
  description: 'Lets a handler rest on all nodes: what runs ends, and what comes waits.',
  version: 1,
  body: z.object({ subscription: z.string(), actorId }),
  reply: handlerReply,
})

export const ResumeHandler = defineCommand('inspector.resume-handler', {
  description: 'Lets a handler that rests go on.',
  version: 1,
  body: z.object({ subscription: z.string(), actorId }),
  reply: handlerReply,
})

export const SetHandlerLimits = defineCommand('inspector.set-handler-limits', {
  description: 'Sets how much of a handler runs at once, and how fast.',
  version: 1,
  body: z.object({ subscription: z.string(), actorId, limits: limitsSchema }),
  reply: handlerReply,
})

export const DeliveryRetried = defineEvent('inspector.delivery-retried', {
  description: 'An operator has let a delivery be tried again.',
  version: 1,
  body: z.object({ deliveryId, actorId }),
})

export const DeliveryDiscarded = defineEvent('inspector.delivery-discarded', {
  description: 'An operator has given up a delivery, for a reason.',
  version: 1,
  body: z.object({ deliveryId, actorId, reason }),
})

export const DeliveryRestored = defineEvent('inspector.delivery-restored', {
  description: 'An operator has brought a discarded delivery back.',
  version: 1,
  body: z.object({ deliveryId, actorId }),
})

export const DeliveryUnparked = defineEvent('inspector.delivery-unparked', {
  description: 'An operator has let go of a delivery that was parked.',
  version: 1,
  body: z.object({ deliveryId, actorId }),
})

export const FaultChanged = defineEvent('inspector.fault-changed', {
  description: 'An operator has told a handler to misbehave, or to behave again.',
  version: 1,
  body: z.object({ subscription: z.string(), actorId, mode: z.string().nullable() }),
})

export const RetriesSpread = defineEvent('inspector.retries-spread', {
  description: 'An operator has spread the retries of a handler over some minutes.',
  version: 1,
  body: z.object({ subscription: z.string(), actorId, minutes: z.int(), count: z.int() }),
})

export const HandlerPaused = defineEvent('inspector.handler-paused', {
  description: 'An operator lets a handler rest.',
  version: 1,
  body: z.object({ subscription: z.string(), actorId }),
})

export const HandlerResumed = defineEvent('inspector.handler-resumed', {
  description: 'An operator has let a handler go on.',
  version: 1,
  body: z.object({ subscription: z.string(), actorId }),
})

export const HandlerLimitsSet = defineEvent('inspector.handler-limits-set', {
  description: 'An operator has set how much of a handler runs at once, or how fast.',
  version: 1,
  body: z.object({ subscription: z.string(), actorId, limits: limitsSchema }),
})

export const MessageCancelled = defineEvent('inspector.message-cancelled', {
  description: 'An operator has taken back a message that no handler had tried yet.',
  version: 1,
  body: z.object({ messageId: z.uuid(), actorId, reason }),
})

export const MessageRescheduled = defineEvent('inspector.message-rescheduled', {
  description: 'An operator has given a message that no handler had tried yet another time.',
  version: 1,
  body: z.object({ messageId: z.uuid(), actorId, at: z.iso.datetime() }),
})
