import { type Clock, handle, newId, type Subscription } from '../../../bus/index.ts'
import type { Codes } from '../code.ts'
import { PhoneChangeRequested, RequestPhoneChange } from '../messages.ts'
import { validUntil } from '../model/validity.ts'
import { replacePhoneChange } from '../store/phone-changes.ts'
import { findUserWithin } from '../store.ts'
import { WAITED_FOR } from './waited-for.ts'

/** Wrong codes that may be typed in before another must be asked for. */
const TRIES = 5

/** Remembers the number that somebody wants, and makes the code that will confirm it. */
export function requestPhoneChangeHandler({ clock, codes }: { clock: Clock; codes: Codes }): Subscription {
  return handle(RequestPhoneChange, WAITED_FOR, async function requestPhoneChange({ userId, phone }, { tx, publish }) {
    const user = await findUserWithin(tx, userId)
    if (!user) return { outcome: 'unknown' as const }
    if (user.phone === phone && user.phoneConfirmedAt) return { outcome: 'unchanged' as const }
    const id = newId()
    const code = codes.newCode()
    const expiresAt = validUntil(clock.now(), 'code')
    await replacePhoneChange(tx, userId, { id, phone, codeHash: codes.hash(id, code), triesLeft: TRIES, expiresAt })
    publish(PhoneChangeRequested, { userId, phone, code, validUntil: expiresAt.toISOString() })
    return { outcome: 'requested' as const }
  })
}
