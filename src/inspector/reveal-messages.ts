/** Personal data that an operator looks at. */
import { z } from 'zod'
import { defineCommand, defineEvent, personal } from '../bus/message.ts'

/** Of one field of a message, or of all. */
const field = z.string().max(300).nullable()
const reason = personal(z.string().max(500))

export const NoteReveal = defineCommand('inspector.note-reveal', {
  description: 'Asks to note that somebody is about to see what is masked. Only what is noted is shown.',
  version: 1,
  subject: 'personId',
  body: z.object({
    messageId: z.uuid(),
    /** Whom the message is about: the reason may name them, and goes with them. */
    personId: z.uuid().nullable().optional(),
    field,
    reason,
    actorId: z.uuid(),
  }),
  reply: z.object({ outcome: z.enum(['noted', 'unknown']) }),
})

export const PersonalDataRevealed = defineEvent('inspector.personal-data-revealed', {
  description: 'An operator has been shown personal data of a message, for a reason.',
  version: 1,
  subject: 'personId',
  body: z.object({ messageId: z.uuid(), personId: z.uuid().nullable(), field, reason, actorId: z.uuid() }),
})
