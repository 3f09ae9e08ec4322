import type { CurrentSession } from '../../web/trpc/init.ts'
import type { Cursor, Room, Subscribed } from '../model/feed-protocol.ts'
import type { InspectorQueries } from '../queries.ts'

/** Messages in the snapshot of the live list. */
const SNAPSHOT = 500
/** Changes in one page of a catch-up. */
const CATCH_UP = 2_000

/** Operators and viewers watch everything; others the conversations that are about them. */
export async function mayWatch(queries: InspectorQueries, { user }: CurrentSession, room: Room): Promise<boolean> {
  if (user.role === 'operator' || user.role === 'viewer') return true
  return room.room === 'conversation' && queries.ownsConversation(user.userId, room.conversationId)
}

/** A snapshot for a newcomer, and for who was away for too long; for a returner everything since the cursor. */
export async function answerSubscription(
  queries: InspectorQueries,
  room: Room,
  since: Cursor | null,
): Promise<Subscribed> {
  const conversationId = room.room === 'conversation' ? room.conversationId : null
  if (since !== null && (await queries.isRemembered(since))) {
    return { ok: true, isAfresh: false, ...(await queries.changesSince(since, CATCH_UP, conversationId)) }
  }
  const cursor = await queries.now()
  const messages = conversationId
    ? ((await queries.conversation(conversationId))?.messages ?? [])
    : (await queries.page({ before: null, limit: SNAPSHOT })).reverse()
  return { ok: true, isAfresh: true, messages, deliveries: [], cursor, complete: true }
}
