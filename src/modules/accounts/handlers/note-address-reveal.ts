import { handle, type Subscription } from '../../../bus/index.ts'
import { AddressRevealed, NoteAddressReveal } from '../messages.ts'
import { findUserWithin } from '../store.ts'
import { WAITED_FOR } from './waited-for.ts'

/** What is looked at is noted first, with the reason: whoever is shown it knows that it was. */
export const noteAddressReveal: Subscription = handle(
  NoteAddressReveal,
  WAITED_FOR,
  async function noteAddressReveal(command, { tx, publish }) {
    if (!(await findUserWithin(tx, command.userId))) return { outcome: 'unknown' as const }
    publish(AddressRevealed, command)
    return { outcome: 'noted' as const }
  },
)
