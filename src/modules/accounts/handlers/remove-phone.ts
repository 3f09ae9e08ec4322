import { type Clock, handle, type Subscription } from '../../../bus/index.ts'
import { PhoneChanged, RemovePhone } from '../messages.ts'
import { deletePhoneChange } from '../store/phone-changes.ts'
import { confirmedPhoneOf, findUserWithin, setPhone } from '../store.ts'
import { WAITED_FOR } from './waited-for.ts'

/** Forgets the number, and one that waits for its code. */
export function removePhoneHandler({ clock }: { clock: Clock }): Subscription {
  return handle(RemovePhone, WAITED_FOR, async function removePhone({ userId }, { tx, publish }) {
    await deletePhoneChange(tx, userId)
    const user = await findUserWithin(tx, userId)
    if (!user?.phone) return { outcome: 'none' as const }
    await setPhone(tx, userId, null, clock.now())
    const previousPhone = confirmedPhoneOf(user)
    publish(PhoneChanged, { userId, phone: null, how: 'removed', ...(previousPhone && { previousPhone }) })
    return { outcome: 'removed' as const }
  })
}
