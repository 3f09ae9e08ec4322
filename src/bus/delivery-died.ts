import { z } from 'zod'
import { defineEvent } from './message.ts'
import type { Module } from './registry.ts'

export const DeliveryDied = defineEvent('bus.delivery-died', {
  description: 'A delivery was given up. Ids and kinds only: what the message or its error say may be about a person.',
  version: 1,
  body: z.object({
    deliveryId: z.uuid(),
    messageId: z.uuid(),
    messageName: z.string(),
    subscription: z.string(),
    errorName: z.string(),
    errorCode: z.string().nullable(),
    /** The same for failures of the same kind. */
    fingerprint: z.string(),
  }),
})

/** The bus's own messages: a part of every application. */
export const busModule: Module = { name: 'bus', messages: [DeliveryDied], subscriptions: [] }
