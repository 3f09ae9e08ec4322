import { handle, type Subscription } from '../../../bus/index.ts'
import { ChangeName, NameChanged } from '../messages.ts'
import { findUserWithin, setName } from '../store.ts'
import { WAITED_FOR } from './waited-for.ts'

export const changeName: Subscription = handle(
  ChangeName,
  WAITED_FOR,
  async function changeNameOfPerson({ userId, name }, { tx, publish }) {
    const user = await findUserWithin(tx, userId)
    if (!user) return { outcome: 'unknown' as const }
    if (user.name === name) return { outcome: 'unchanged' as const }
    await setName(tx, userId, name)
    publish(NameChanged, { userId, name })
    return { outcome: 'changed' as const }
  },
)
