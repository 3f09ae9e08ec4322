import { backOffMs, type Wake } from '../../bus/index.ts'
import type { FeedServer } from '../feed.ts'
import { type Cursor, roomKey } from '../model/feed-protocol.ts'
import type { DeliveryView, MessageRow } from '../model/view.ts'
import type { ChangesPage } from '../queries/changes.ts'
import type { InspectorQueries } from '../queries.ts'
import type { FilteredRooms } from './filtered-rooms.ts'
import { ReadingPace } from './reading-pace.ts'

interface Options {
  io: FeedServer
  queries: InspectorQueries
  wake: Wake
  filtered: FilteredRooms
}

const POLL_MS = 500
/** Packets that wait for a slow viewer at most. */
const MOST_WAITING = 8
const PAGE = 2_000

/** Reads changes for all viewers of this node and pushes each of them once. Idle while nobody watches. */
export class FeedReader {
  readonly #options: Options
  /** Where the newest batch of each room ended. */
  readonly #ends = new Map<string, Cursor>()
  #cursor: Cursor | null = null
  #timer: NodeJS.Timeout | undefined
  readonly #pace = new ReadingPace(() => performance.now())
  #isReading = false
  #isStopped = false
  #failures = 0
  #stopListening: () => void = () => {}

  constructor(options: Options) {
    this.#options = options
  }

  get isHealthy(): boolean {
    return !this.#isStopped && this.#failures === 0
  }

  /** Where the newest batch of a room ended; null when none was pushed yet. */
  endOf(room: string): Cursor | null {
    return this.#ends.get(room) ?? null
  }

  start(): void {
    this.#stopListening = this.#options.wake.listen(() => {
      if (this.#isWatched()) this.#plan(this.#pace.waitMs)
    })
    this.#plan(0)
  }

  stop(): void {
    this.#isStopped = true
    this.#stopListening()
    clearTimeout(this.#timer)
  }

  #dueAt = 0

  /** Reads after this time, or sooner when that was planned already. */
  #plan(inMs: number): void {
    if (this.#isStopped) return
    const dueAt = performance.now() + inMs
    if (this.#timer && this.#dueAt <= dueAt) return
    clearTimeout(this.#timer)
    this.#dueAt = dueAt
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#read()
    }, inMs)
  }

  async #read(): Promise<void> {
    if (this.#isReading) return this.#plan(this.#pace.waitMs)
    this.#isReading = true
    let isMore = false
    try {
      isMore = this.#isWatched() ? await this.#readPage() : await this.#rest()
      this.#failures = 0
    } catch {
      // The database is away: readiness says so, and the next poll goes on from the same cursor.
      this.#failures += 1
    } finally {
      this.#isReading = false
      this.#planNext(isMore)
    }
  }

  #planNext(isMore: boolean): void {
    if (this.#failures > 0) {
      // While the database is away the back-off alone says when.
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
    this.#plan(this.#failures > 0 ? backOffMs(this.#failures) : isMore ? 0 : POLL_MS)
  }

  #isWatched(): boolean {
    return this.#options.io.sockets.sockets.size > 0
  }

  /**
   * While nobody watches only the cursor is kept fresh, by the poll: whoever comes reads a snapshot after it, and is
   * pushed whatever changed since.
   */
  async #rest(): Promise<false> {
    const now = await this.#options.queries.now()
    if (this.#isWatched() && this.#cursor !== null) return false
    this.#cursor = now
    return false
  }

  async #readPage(): Promise<boolean> {
    const { queries } = this.#options
    this.#cursor ??= await queries.now()
    const page = await queries.pollChanges(this.#cursor, PAGE)
    this.#pace.hasRead(page.messages.length + page.deliveries.length)
    await this.#push(page)
    // Only what was pushed is behind the cursor.
    this.#cursor = page.cursor
    return !page.complete
  }

  async #push(page: ChangesPage): Promise<void> {
    const { messages, deliveries, cursor } = page
    if (messages.length + deliveries.length === 0) return
    const chosen = await this.#options.filtered.choose(this.#options.io.sockets.adapter.rooms.keys(), page)
    for (const each of chosen) this.#emit(each.key, each.messages, each.deliveries, cursor)
    this.#emit('live', messages, deliveries, cursor)
    const conversations = new Set([...messages, ...deliveries].map((each) => each.conversationId))
    for (const conversationId of conversations) {
      this.#emit(
        roomKey({ room: 'conversation', conversationId }),
        messages.filter((each) => each.conversationId === conversationId),
        deliveries.filter((each) => each.conversationId === conversationId),
        cursor,
      )
    }
  }

  #emit(room: string, messages: MessageRow[], deliveries: DeliveryView[], to: Cursor): void {
    const { io } = this.#options
    const members = io.sockets.adapter.rooms.get(room)
    if (!members) return void this.#ends.delete(room)
    const from = this.#ends.get(room) ?? null
    this.#ends.set(room, to)
    io.to(room)
      .except([...members].filter((id) => this.#isBehind(id)))
      .emit('changes', {
        room,
        messages,
        deliveries,
        from,
        to,
      })
  }

  /** Whether a viewer does not take what it is sent: it is sent no more until it has, and fills the gap itself then. */
  #isBehind(socketId: string): boolean {
    return (this.#options.io.sockets.sockets.get(socketId)?.data.waiting ?? 0) > MOST_WAITING
  }
}
