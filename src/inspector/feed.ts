/**
 * Follows the bus for everybody who watches: one reader per node, however many viewers. It reads what changed since
 * its cursor whenever something was committed, and pushes it. A transaction that stays open never delays what others
 * committed.
 */
import type { Server, Socket } from 'socket.io'
import { z } from 'zod'
import type { Clock, Wake } from '../bus/index.ts'
import type { CurrentSession } from '../web/trpc/init.ts'
import { isCursor } from './feed/cursor.ts'
import { FilteredRooms } from './feed/filtered-rooms.ts'
import { FeedReader } from './feed/reader.ts'
import { answerSubscription, mayWatch } from './feed/subscription.ts'
import { type ClientToServer, type Room, roomKey, type ServerToClient, type Subscribed } from './model/feed-protocol.ts'
import { MAX_FILTER, parseFilter } from './model/filter/parse.ts'
import type { InspectorQueries } from './queries.ts'

interface SocketData {
  session: CurrentSession
  /** Packets that its line has not taken yet. */
  waiting: number
}

export type FeedServer = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>
export type FeedSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>

export interface FeedOptions {
  io: FeedServer
  queries: InspectorQueries
  wake: Wake
  clock: Clock
  logger: { warn(fields: object, message: string): void }
  authenticate(cookieHeader: string | undefined): Promise<CurrentSession | null>
  /** Of the given sessions those that still hold. */
  livingSessions(sessionIds: readonly string[]): Promise<string[]>
}

export interface Feed {
  readonly isHealthy: boolean
  start(): void
  stop(): void
  /** A session that ends loses its sockets. */
  disconnectSession(sessionId: string): void
}

const HEAD_MS = 1_000
const CHECK_SESSIONS_MS = 5_000

const roomSchema: z.ZodType<Room> = z.discriminatedUnion('room', [
  z.object({
    room: z.literal('live'),
    filter: z
      .string()
      .max(MAX_FILTER)
      .refine((filter) => !filter.includes('\0') && filter.isWellFormed() && parseFilter(filter).ok)
      .optional(),
  }),
  z.object({ room: z.literal('conversation'), conversationId: z.uuid() }),
])
const cursorSchema = z.string().max(20_000).refine(isCursor).nullable()

export function createFeed(options: FeedOptions): Feed {
  const { io, clock } = options
  const filtered = new FilteredRooms(options.queries)
  const reader = new FeedReader({ ...options, filtered })
  const disconnectSession = (sessionId: string) => io.in(sessionRoom(sessionId)).disconnectSockets(true)
  let timers: NodeJS.Timeout[] = []

  io.use((socket, next) => void admit(options, socket, next))
  io.on('connection', (socket) => {
    const { session } = socket.data
    void socket.join(sessionRoom(session.sessionId))
    disconnectAtExpiry(socket, session, clock)
    countWaiting(socket)
    socket.on(
      'subscribe',
      (room, since, answer) => void subscribe({ ...options, filtered, reader }, socket, room, since, answer),
    )
    socket.on('unsubscribe', (room) => {
      const parsed = roomSchema.safeParse(room)
      if (parsed.success) void socket.leave(roomKey(parsed.data))
    })
  })

  return {
    get isHealthy() {
      return reader.isHealthy
    },
    start: () => {
      reader.start()
      timers = [
        setInterval(() => io.emit('head', { at: clock.now().toISOString() }), HEAD_MS),
        setInterval(() => void dropEndedSessions(options, disconnectSession), CHECK_SESSIONS_MS),
      ]
    },
    stop: () => {
      reader.stop()
      for (const timer of timers) clearInterval(timer)
    },
    disconnectSession,
  }
}

async function admit(options: FeedOptions, socket: FeedSocket, next: (error?: Error) => void): Promise<void> {
  try {
    const session = await options.authenticate(socket.request.headers.cookie)
    if (!session) return next(new Error('not-signed-in'))
    socket.data.session = session
    next()
  } catch {
    next(new Error('unavailable'))
  }
}

type Answer = (subscribed: Subscribed) => void

async function subscribe(
  options: FeedOptions & { filtered: FilteredRooms; reader: FeedReader },
  socket: FeedSocket,
  room: unknown,
  since: unknown,
  answer: Answer,
): Promise<void> {
  // Whatever a client sends: without an answer to give there is nothing to do.
  if (typeof answer !== 'function') return
  const asked = roomSchema.safeParse(room)
  const cursor = cursorSchema.safeParse(since)
  if (!asked.success || !cursor.success) return answer({ ok: false, reason: 'not-a-room' })
  try {
    // Asked again each time: a role may have changed since the handshake, and a session may have ended.
    const session = await options.authenticate(socket.request.headers.cookie)
    if (!session) return void socket.disconnect(true)
    if (!(await mayWatch(options.queries, session, asked.data))) {
      options.logger.warn({ userId: session.user.userId, room: asked.data.room }, 'refused to follow')
      return answer({ ok: false, reason: 'not-allowed' })
    }
    // Joined first: what changes while the snapshot is read is pushed, and merged by revision.
    await socket.join(roomKey(asked.data))
    const key = roomKey(asked.data)
    const end = options.reader.endOf(key)
    const subscribed = await answerSubscription(options.queries, asked.data, cursor.data)
    options.filtered.remember(key, subscribed.messages)
    answer({ ...subscribed, end })
  } catch {
    answer({ ok: false, reason: 'unavailable' })
  }
}

function countWaiting({ conn, data }: FeedSocket): void {
  data.waiting = 0
  conn.on('packetCreate', () => {
    data.waiting += 1
  })
  conn.on('drain', () => {
    data.waiting = 0
  })
}

function sessionRoom(sessionId: string): string {
  return `session:${sessionId}`
}

/** The longest delay a timer takes. */
const MAX_TIMER_MS = 2_147_483_647

function disconnectAtExpiry(socket: FeedSocket, { expiresAt }: CurrentSession, clock: Clock): void {
  const leftMs = Date.parse(expiresAt) - clock.now().getTime()
  const timer = setTimeout(() => socket.disconnect(true), Math.min(Math.max(0, leftMs), MAX_TIMER_MS))
  socket.on('disconnect', () => clearTimeout(timer))
}

/** Sessions may end on another node or in the database: one query for all sockets finds out. */
async function dropEndedSessions({ io, livingSessions }: FeedOptions, disconnect: (sessionId: string) => void) {
  const held = new Set([...io.sockets.sockets.values()].map((socket) => socket.data.session.sessionId))
  if (held.size === 0) return
  const living = new Set(await livingSessions([...held]).catch(() => [...held]))
  for (const sessionId of held) if (!living.has(sessionId)) disconnect(sessionId)
}
