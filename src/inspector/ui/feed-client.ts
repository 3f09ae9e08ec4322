'use client'
import type { Socket } from 'socket.io-client'
import { type Changes, type Cursor, type Room, roomKey, type Subscribed } from '../model/feed-protocol.ts'
import type { DeliveryView, MessageRow } from '../model/view.ts'
import { Silence } from './silence.ts'

/** What the connection is doing, in words that can be shown. */
export type Connection = 'connecting' | 'live' | 'catching up' | 'stale' | 'offline' | 'refused'

export interface FeedState<Known = readonly MessageRow[]> {
  /** Oldest first. */
  messages: Known
  connection: Connection
  /** New messages that were not told and are being filled in; null while that is not known, 0 when there are none. */
  missed: number | null
  /** Of these, the ones that have not come yet. */
  remaining: number | null
  /** Until where it was told, and when that was here; null as long as nothing has been. */
  heard: { cursor: Cursor; at: string } | null
}

/** Before anything is heard. */
export function silentState<Known>(messages: Known): FeedState<Known> {
  return { messages, connection: 'connecting', missed: 0, remaining: 0, heard: null }
}

/** Where what comes is kept: `messages` is the same until something changes. */
export interface FeedStore<Known> {
  readonly messages: Known
  /** `isPushed` where it came just when it happened. */
  merge(changed: { messages: readonly MessageRow[]; deliveries: readonly DeliveryView[] }, isPushed?: boolean): boolean
  clear(): void
  /** From here on something is missing. */
  cut?(): void
  /** What was missing is there. */
  mend?(): void
}

/** A server that cannot answer now is asked again so much later. */
const AGAIN_MS = 1_000

/** Follows one room: a snapshot, then changes; after a lost connection everything since its cursor. */
export class FeedClient<Known = readonly MessageRow[]> {
  readonly #socket: Socket
  readonly #room: Room
  readonly #list: FeedStore<Known>
  readonly #listeners = new Set<() => void>()
  #cursor: Cursor | null
  /** Where the newest batch ended; undefined as long as that is not known. */
  #end: Cursor | null | undefined
  /** Where the batches since the newest question went on from. */
  #froms = new Set<Cursor | null>()
  #missed: number | null = 0
  #remaining: number | null = 0
  #heard: FeedState['heard'] = null
  #isCatchingUp = false
  /** Whether a batch was left out since the newest question. */
  #isHoled = false
  #asked = 0
  #state: FeedState<Known>
  readonly #silence = new Silence(() => this.#show('stale'))
  #againTimer: ReturnType<typeof setTimeout> | undefined

  /** Goes on from `since`, the cursor of what the store holds already; without one it begins with a snapshot. */
  constructor(socket: Socket, room: Room, store: FeedStore<Known>, since: Cursor | null = null) {
    this.#socket = socket
    this.#room = room
    this.#list = store
    this.#cursor = since
    this.#state = silentState(this.#list.messages)
  }

  get state(): FeedState<Known> {
    return this.#state
  }

  /** Calls `listener` after every change; the first one connects, and the last one to leave ends it. */
  subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) this.#open()
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#close()
    }
  }

  /** Tells the listeners what the store was given by another hand. */
  refresh(): void {
    this.#show(this.#state.connection)
  }

  #open(): void {
    const socket = this.#socket
    socket.on('connect', this.#onConnect)
    socket.on('disconnect', this.#onDisconnect)
    socket.on('connect_error', this.#onRefused)
    socket.on('changes', this.#onChanges)
    socket.on('head', this.#onHead)
    if (socket.connected) this.#onConnect()
    else socket.connect()
  }

  #close(): void {
    const socket = this.#socket
    socket.off('connect', this.#onConnect)
    socket.off('disconnect', this.#onDisconnect)
    socket.off('connect_error', this.#onRefused)
    socket.off('changes', this.#onChanges)
    socket.off('head', this.#onHead)
    this.#silence.stop()
    clearTimeout(this.#againTimer)
    if (socket.connected) socket.emit('unsubscribe', this.#room)
  }

  readonly #onConnect = () => {
    this.#silence.expectSign()
    this.#end = undefined
    this.#catchUp()
  }

  readonly #onDisconnect = (reason: string) => {
    this.#silence.stop()
    clearTimeout(this.#againTimer)
    this.#list.cut?.()
    // The server ends a socket when its session has ended: coming back is for whoever logs in.
    this.#show(reason === 'io server disconnect' ? 'refused' : 'offline')
  }

  readonly #onRefused = (error: Error) => this.#show(error.message === 'not-signed-in' ? 'refused' : 'offline')

  readonly #onChanges = (changes: Changes) => {
    if (changes.room !== roomKey(this.#room)) return
    if (this.#end !== undefined && changes.from !== this.#end) {
      this.#isHoled = true
      this.#list.cut?.()
    }
    this.#froms.add(changes.from)
    this.#end = changes.to
    this.#list.merge(changes, true)
    this.#hear(changes.to)
    // While something is missing the cursor stays before it: a batch further on must not hide the gap.
    if (this.#isCatchingUp) return this.#show(this.#state.connection)
    if (this.#isHoled) return this.#catchUp()
    this.#cursor = changes.to
    this.#show(this.#state.connection)
  }

  readonly #onHead = () => {
    this.#silence.expectSign()
    if (this.#state.connection === 'stale') this.#show(this.#isCatchingUp ? 'catching up' : 'live')
  }

  /** Asks for what is missing since the cursor; for a snapshot where there is none yet. */
  #catchUp(): void {
    this.#isCatchingUp = true
    this.#missed = null
    this.#remaining = null
    if (this.#cursor !== null) this.#list.cut?.()
    const isFirst = this.#cursor === null || this.#state.connection === 'connecting'
    this.#show(isFirst ? 'connecting' : 'catching up')
    this.#ask()
  }

  #ask(): void {
    this.#isHoled = false
    this.#froms = new Set()
    this.#asked += 1
    const ask = this.#asked
    this.#socket.emit('subscribe', this.#room, this.#cursor, (answer: Subscribed) => {
      // Of a line that was cut meanwhile: the next one has asked again.
      if (ask === this.#asked) this.#onAnswer(answer)
    })
  }

  #onAnswer(answer: Subscribed): void {
    if (!answer.ok) {
      clearTimeout(this.#againTimer)
      const isForNow = answer.reason === 'unavailable'
      if (isForNow) this.#againTimer = setTimeout(() => this.#ask(), AGAIN_MS)
      this.#show(isForNow ? 'stale' : 'refused')
      return
    }
    // After a long absence there would be a hole between what was known and the snapshot.
    if (answer.isAfresh && this.#cursor !== null) this.#list.clear()
    this.#cursor = answer.cursor
    this.#list.merge(answer)
    this.#hear(answer.cursor)
    if (this.#froms.size === 0) this.#end = answer.end
    // A batch that was left out while this was read may not be in it.
    else if (answer.end !== this.#end && !this.#froms.has(answer.end)) this.#isHoled = true
    this.#isCatchingUp = !answer.complete || this.#isHoled
    this.#missed = this.#isCatchingUp ? (this.#missed ?? answer.missed) : 0
    this.#remaining =
      this.#isCatchingUp && answer.missed !== null ? Math.max(0, answer.missed - answer.messages.length) : this.#missed
    if (!this.#isCatchingUp) this.#list.mend?.()
    this.#show(this.#isCatchingUp ? 'catching up' : 'live')
    if (this.#isCatchingUp) this.#ask()
  }

  #hear(cursor: Cursor): void {
    this.#heard = { cursor, at: new Date().toISOString() }
  }

  #show(connection: Connection): void {
    const { messages } = this.#list
    const next = { messages, connection, missed: this.#missed, remaining: this.#remaining, heard: this.#heard }
    if (isSame(next, this.#state)) return
    this.#state = next
    for (const listener of this.#listeners) listener()
  }
}

function isSame<Known>(a: FeedState<Known>, b: FeedState<Known>): boolean {
  return (
    a.messages === b.messages &&
    a.connection === b.connection &&
    a.missed === b.missed &&
    a.remaining === b.remaining &&
    a.heard === b.heard
  )
}
