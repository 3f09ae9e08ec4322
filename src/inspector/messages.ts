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
  version: 1,
  body: z.object({ deliveryId, actorId }),
  reply,
})

export const DiscardDelivery = defineCommand('inspector.discard-delivery', {
  version: 1,
  body: z.object({ deliveryId, actorId, reason }),
  reply,
})

export const RestoreDelivery = defineCommand('inspector.restore-delivery', {
  version: 1,
  body: z.object({ deliveryId, actorId }),
  reply,
})

export const SetFault = defineCommand('inspector.set-fault', {
  version: 1,
  body: z.object({ subscription: z.string(), actorId, fault: faultSchema.nullable() }),
  reply: z.object({ outcome: z.enum(['done', 'unknown', 'protected']) }),
})

/** Lets go of a delivery that is parked, whether or not this build can read it by now. */
export const UnparkDelivery = defineCommand('inspector.unpark-delivery', {
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

/** Retries of a handler that are due within the hour come one after the other, over so many minutes from now. */
export const SpreadRetries = defineCommand('inspector.spread-retries', {
  version: 1,
  body: z.object({ subscription: z.string(), actorId, minutes: z.int().min(1).max(60) }),
  reply: z.object({ outcome: z.enum(['done', 'unknown', 'protected']), count: z.int() }),
})

/** Takes back a message that no handler has tried yet. */
export const CancelMessage = defineCommand('inspector.cancel-message', {
  version: 1,
  body: z.object({ messageId: z.uuid(), actorId, reason }),
  reply,
})

/** Gives a message that no handler has tried yet another time. */
export const RescheduleMessage = defineCommand('inspector.reschedule-message', {
  version: 1,
  body: z.object({ messageId: z.uuid(), actorId, at: z.iso.datetime() }),
  reply,
})

const handlerReply = z.object({ outcome: z.enum(['done', 'unknown', 'protected']) })

export const PauseHandler = defineCommand('inspector.pause-handler', {
  version: 1,
  body: z.object({ subscription: z.string(), actorId }),
  reply: handlerReply,
})

export const ResumeHandler = defineCommand('inspector.resume-handler', {
  version: 1,
  body: z.object({ subscription: z.string(), actorId }),
  reply: handlerReply,
})

export const SetHandlerLimits = defineCommand('inspector.set-handler-limits', {
  version: 1,
  body: z.object({ subscription: z.string(), actorId, limits: limitsSchema }),
  reply: handlerReply,
})

export const DeliveryRetried = defineEvent('inspector.delivery-retried', {
  version: 1,
  body: z.object({ deliveryId, actorId }),
})

export const DeliveryDiscarded = defineEvent('inspector.delivery-discarded', {
  version: 1,
  body: z.object({ deliveryId, actorId, reason }),
})

export const DeliveryRestored = defineEvent('inspector.delivery-restored', {
  version: 1,
  body: z.object({ deliveryId, actorId }),
})

export const DeliveryUnparked = defineEvent('inspector.delivery-unparked', {
  version: 1,
  body: z.object({ deliveryId, actorId }),
})

export const FaultChanged = defineEvent('inspector.fault-changed', {
  version: 1,
  body: z.object({ subscription: z.string(), actorId, mode: z.string().nullable() }),
})

export const RetriesSpread = defineEvent('inspector.retries-spread', {
  version: 1,
  body: z.object({ subscription: z.string(), actorId, minutes: z.int(), count: z.int() }),
})

export const HandlerPaused = defineEvent('inspector.handler-paused', {
  version: 1,
  body: z.object({ subscription: z.string(), actorId }),
})

export const HandlerResumed = defineEvent('inspector.handler-resumed', {
  version: 1,
  body: z.object({ subscription: z.string(), actorId }),
})

export const HandlerLimitsSet = defineEvent('inspector.handler-limits-set', {
  version: 1,
  body: z.object({ subscription: z.string(), actorId, limits: limitsSchema }),
})

export const MessageCancelled = defineEvent('inspector.message-cancelled', {
  version: 1,
  body: z.object({ messageId: z.uuid(), actorId, reason }),
})

export const MessageRescheduled = defineEvent('inspector.message-rescheduled', {
  version: 1,
  body: z.object({ messageId: z.uuid(), actorId, at: z.iso.datetime() }),
})
