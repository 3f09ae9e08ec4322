import { isGranted, ROOMS } from '../../web/rights.ts'
import type { CurrentSession } from '../../web/trpc/init.ts'
import type { Cursor, Room, Subscribed } from '../model/feed-protocol.ts'
import type { Clause } from '../model/filter/language.ts'
import { parseFilter } from '../model/filter/parse.ts'
import type { MessageRow } from '../model/view.ts'
import type { ChangesPage } from '../queries/changes.ts'
import type { InspectorQueries } from '../queries.ts'

/** Messages in the snapshot of the live list. */
const SNAPSHOT = 500
/** Changes in one page of a catch-up. */
const CATCH_UP = 2_000

/** By the table of rights; what somebody's own conversations are, the database says. */
export async function mayWatch(queries: InspectorQueries, { user }: CurrentSession, room: Room): Promise<boolean> {
  const { all, own } = ROOMS[room.room]
  if (isGranted(all, user.role)) return true
  if (own === null || !isGranted(own, user.role)) return false
  return room.room === 'conversation' && queries.ownsConversation(user.userId, room.conversationId)
}

/** A snapshot for a newcomer, and for who was away for too long; for a returner everything since the cursor. */
export async function answerSubscription(
  queries: InspectorQueries,
  room: Room,
  since: Cursor | null,
): Promise<Omit<Extract<Subscribed, { ok: true }>, 'end'>> {
  if (since !== null && (await queries.isRemembered(since)))
    return {
      ok: true,
      isAfresh: false,
      missed: await missed(queries, room, since),
      ...(await changesOf(queries, room, since)),
    }
  const cursor = await queries.now()
  return {
    ok: true,
    isAfresh: true,
    messages: await snapshot(queries, room),
    deliveries: [],
    cursor,
    complete: true,
    missed: null,
  }
}

/** Of a room in which not all is told one cannot count without looking at each. */
function missed(queries: InspectorQueries, room: Room, since: Cursor): Promise<number> | null {
  return room.room === 'live' && !room.filter ? queries.countNewSince(since) : null
}

async function changesOf(queries: InspectorQueries, room: Room, since: Cursor): Promise<ChangesPage> {
  if (room.room === 'conversation') return queries.changesSince(since, CATCH_UP, room.conversationId)
  const page = await queries.changesSince(since, CATCH_UP)
  if (!room.filter) return page
  const touched = [...page.messages, ...page.deliveries].map((each) => each.messageId)
  // The changes of what does not fit any more are of use to a viewer that still shows it; others drop them.
  const messages = await queries.fitting(clausesOf(room.filter), await queries.messages([...new Set(touched)]))
  return { ...page, messages }
}

async function snapshot(queries: InspectorQueries, room: Room): Promise<MessageRow[]> {
  if (room.room === 'conversation') return (await queries.conversation(room.conversationId))?.messages ?? []
  if (!room.filter) return (await queries.page({ before: null, limit: SNAPSHOT })).reverse()
  const page = await queries.search({ clauses: clausesOf(room.filter), before: null, limit: SNAPSHOT })
  return page.rows.reverse()
}

function clausesOf(filter: string): readonly Clause[] {
  const parsed = parseFilter(filter)
  return parsed.ok ? parsed.clauses : []
}
