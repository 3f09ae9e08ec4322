/** What privacy accepts and tells. */
import { z } from 'zod'
import { defineCommand, defineEvent } from '../../bus/message.ts'

const userId = z.uuid()
const actorId = z.uuid()

export const MAX_HOLD_DAYS = 3_650
const days = z.int().min(0).max(MAX_HOLD_DAYS)

/** Asks to keep the data of accounts that are deleted from now on for so many days; with none they are erased at once. */
export const SetLegalHold = defineCommand('privacy.set-legal-hold', {
  version: 1,
  body: z.object({ days, actorId }),
  reply: z.object({ outcome: z.literal('set') }),
})

export const LegalHoldSet = defineEvent('privacy.legal-hold-set', { version: 1, body: z.object({ days, actorId }) })

/**
 * Asks to destroy the key of a person and to remove their rows. What is on its way about them goes first: it is waited
 * for, so many times.
 */
export const ErasePerson = defineCommand('privacy.erase-person', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, deletedAt: z.iso.datetime(), waited: z.int() }),
  reply: z.object({ outcome: z.enum(['erased', 'erased-before', 'waiting']) }),
})

/** Nothing that was kept about the person can be read any more. */
export const PersonErased = defineEvent('privacy.person-erased', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, receiptId: z.uuid() }),
})
