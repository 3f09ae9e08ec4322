/** What privacy accepts and tells. */
import { z } from 'zod'
import { defineCommand, defineEvent } from '../../bus/message.ts'

const userId = z.uuid()
const actorId = z.uuid()

export const MAX_HOLD_DAYS = 3_650
const days = z.int().min(0).max(MAX_HOLD_DAYS)

export const SetLegalHold = defineCommand('privacy.set-legal-hold', {
  description:
    'Asks to keep the data of accounts that are deleted from now on for so many days; with none they are erased at once.',
  version: 1,
  body: z.object({ days, actorId }),
  reply: z.object({ outcome: z.literal('set') }),
})

export const LegalHoldSet = defineEvent('privacy.legal-hold-set', {
  description: 'Accounts that are deleted from now on are kept for so many days.',
  version: 1,
  body: z.object({ days, actorId }),
})

export const ErasePerson = defineCommand('privacy.erase-person', {
  description:
    'Asks to destroy the key of a person and to remove their rows. What is on its way about them goes first: it is waited for, so many times.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, deletedAt: z.iso.datetime(), waited: z.int() }),
  reply: z.object({ outcome: z.enum(['erased', 'erased-before', 'waiting']) }),
})

export const PersonErased = defineEvent('privacy.person-erased', {
  description: 'Nothing that was kept about the person can be read any more.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, receiptId: z.uuid() }),
})
