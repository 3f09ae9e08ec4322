import { filterOf, MOST_KEPT } from '../model/feed-protocol.ts'
import type { Clause } from '../model/filter/language.ts'
import { parseFilter } from '../model/filter/parse.ts'
import type { DeliveryView, MessageRow } from '../model/view.ts'
import type { ChangesPage } from '../queries/changes.ts'
import type { InspectorQueries } from '../queries.ts'

interface FilteredRoom {
  clauses: readonly Clause[]
  /** What its viewers were told of, the oldest first. */
  shown: Set<string>
}

/** The rooms in which only what fits a filter is told. */
export class FilteredRooms {
  readonly #rooms = new Map<string, FilteredRoom>()
  readonly #queries: InspectorQueries

  constructor(queries: InspectorQueries) {
    this.#queries = queries
  }

  /** What was shown to a newcomer: its changes are told, too, even when it no longer fits. */
  remember(key: string, messages: readonly MessageRow[]): void {
    const room = this.#room(key)
    for (const { messageId } of messages) room?.shown.add(messageId)
    if (room) forgetOldest(room.shown)
  }

  /** For each filtered room among the given ones what to tell there. */
  async choose(
    keys: Iterable<string>,
    page: ChangesPage,
  ): Promise<{ key: string; messages: MessageRow[]; deliveries: DeliveryView[] }[]> {
    const wanted = [...keys].filter((key) => filterOf(key) !== null)
    for (const key of this.#rooms.keys()) if (!wanted.includes(key)) this.#rooms.delete(key)
    if (wanted.length === 0) return []
    const touched = [...page.messages, ...(await this.#queries.messages(olderIn(page)))]
    return Promise.all(
      wanted.map(async (key) => {
        const { clauses, shown } = this.#room(key)!
        const messages = await this.#queries.fitting(clauses, touched)
        const fitting = new Set(messages.map((each) => each.messageId))
        const deliveries = page.deliveries.filter(({ messageId }) => shown.has(messageId) && !fitting.has(messageId))
        this.remember(key, messages)
        return { key, messages, deliveries }
      }),
    )
  }

  #room(key: string): FilteredRoom | null {
    const known = this.#rooms.get(key)
    if (known) return known
    const parsed = parseFilter(filterOf(key) ?? '')
    if (filterOf(key) === null || !parsed.ok) return null
    const room: FilteredRoom = { clauses: parsed.clauses, shown: new Set() }
    this.#rooms.set(key, room)
    return room
  }
}

/** Messages of which a delivery changed, and that are not in the page themselves. */
function olderIn({ messages, deliveries }: ChangesPage): string[] {
  const known = new Set(messages.map((each) => each.messageId))
  return [...new Set(deliveries.map((each) => each.messageId))].filter((each) => !known.has(each))
}

function forgetOldest(ids: Set<string>): void {
  for (const id of ids) {
    if (ids.size <= MOST_KEPT) return
    ids.delete(id)
  }
}
