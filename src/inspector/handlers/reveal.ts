import { handle, type Subscription } from '../../bus/index.ts'
import { NoteReveal, PersonalDataRevealed } from '../reveal-messages.ts'

/** What is looked at is noted first, with the reason: whoever is shown it knows that it was. */
export const noteReveal: Subscription = handle(NoteReveal, {}, async function noteReveal(command, { tx, publish }) {
  const [message] = await tx.query<{ subject_id: string | null }>('SELECT subject_id FROM messages WHERE id = $1', [
    command.messageId,
  ])
  if (!message) return { outcome: 'unknown' as const }
  publish(PersonalDataRevealed, { ...command, personId: message.subject_id })
  return { outcome: 'noted' as const }
})
