import { type Clock, handle, type PersonalTable, type PersonKeyStore, type Subscription } from '../../../bus/index.ts'
import { ErasePerson, PersonErased } from '../messages.ts'
import { countOnItsWay, eraseRows, insertReceipt } from '../store.ts'

/** For what is on its way about the person, a letter of farewell among it. About a quarter of an hour in all. */
const WAITS_MS = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 240_000, 480_000]

interface Parts {
  clock: Clock
  keys: PersonKeyStore
  tables: readonly PersonalTable[]
}

/** The key, the rows and the receipt are one fact. Without the key nothing that was sealed can be read again. */
export function erasePersonHandler({ clock, keys, tables }: Parts): Subscription {
  return handle(ErasePerson, { timeoutMs: 60_000 }, async function erasePerson({ userId, deletedAt, waited }, context) {
    const { tx, envelope, publish, send } = context
    const waitMs = WAITS_MS[waited]
    if (waitMs !== undefined && (await countOnItsWay(tx, userId, envelope.messageId)) > 0) {
      const at = new Date(clock.now().getTime() + waitMs)
      send(ErasePerson, { userId, deletedAt, waited: waited + 1 }, { at })
      return { outcome: 'waiting' as const }
    }
    if (!(await keys.erase(tx, userId))) return { outcome: 'erased-before' as const }
    const places = await eraseRows(tx, tables, userId)
    const receiptId = await insertReceipt(tx, {
      personId: userId,
      deletedAt: new Date(deletedAt),
      erasedAt: clock.now(),
      places,
    })
    publish(PersonErased, { userId, receiptId })
    return { outcome: 'erased' as const }
  })
}
