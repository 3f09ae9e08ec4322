import { type Clock, handle, type Subscription } from '../../../bus/index.ts'
import type { Codes } from '../code.ts'
import { ConfirmPhone, PhoneChanged } from '../messages.ts'
import { deletePhoneChange, takePhoneTry } from '../store/phone-changes.ts'
import { confirmedPhoneOf, findUserWithin, setPhone } from '../store.ts'
import { WAITED_FOR } from './waited-for.ts'

/** Makes the number the person's once its code is there. */
export function confirmPhoneHandler({ clock, codes }: { clock: Clock; codes: Codes }): Subscription {
  return handle(ConfirmPhone, WAITED_FOR, async function confirmPhone({ userId, code }, { tx, publish }) {
    const now = clock.now()
    const change = await takePhoneTry(tx, userId, now)
    if (!change) return { outcome: 'expired' as const }
    const { id, phone, codeHash, triesLeft } = change
    if (!codes.isCode(id, code, codeHash)) return { outcome: 'wrong' as const, triesLeft }
    const previousPhone = confirmedPhoneOf(await findUserWithin(tx, userId))
    await setPhone(tx, userId, phone, now)
    await deletePhoneChange(tx, userId)
    const how = previousPhone ? 'changed' : 'added'
    publish(PhoneChanged, { userId, phone, how, ...(previousPhone && { previousPhone }) })
    return { outcome: 'confirmed' as const }
  })
}
