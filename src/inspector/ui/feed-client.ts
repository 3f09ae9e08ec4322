'use client'
import type { Socket } from 'socket.io-client'
import { type Changes, type Cursor, type Room, roomKey, type Subscribed } from '../model/feed-protocol.ts'
import type { DeliveryView, MessageRow } from '../model/view.ts'

/** What the connection is doing, in words that can be shown. */
export type Connection = 'connecting' | 'live' | 'catching up' | 'stale' | 'offline' | 'refused'

export interface FeedState<Known = readonly MessageRow[]> {
  /** Oldest first. */
  messages: Known
  connection: Connection
}

/** Where what comes is kept: `messages` is the same until something changes. */
export interface FeedStore<Known> {
  readonly messages: Known
  merge(changed: { messages: readonly MessageRow[]; deliveries: readonly DeliveryView[] }): boolean
  clear(): void
}

const STALE_MS = 5_000

/** Follows one room: a snapshot, then changes; after a lost connection everything since its cursor. */
export class FeedClient<Known = readonly MessageRow[]> {
  readonly #socket: Socket
  readonly #room: Room
  readonly #list: FeedStore<Known>
  readonly #listeners = new Set<() => void>()
  #cursor: Cursor | null
  #state: FeedState<Known>
  #staleTimer: ReturnType<typeof setTimeout> | undefined

  /** Goes on from `since`, the cursor of what the store holds already; without one it begins with a snapshot. */
  constructor(socket: Socket, room: Room, store: FeedStore<Known>, since: Cursor | null = null) {
    this.#socket = socket
    this.#room = room
    this.#list = store
    this.#cursor = since
    this.#state = { messages: this.#list.messages, connection: 'connecting' }
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
    clearTimeout(this.#staleTimer)
    if (socket.connected) socket.emit('unsubscribe', this.#room)
  }

  readonly #onConnect = () => {
    this.#show(this.#cursor === null || this.#state.connection === 'connecting' ? 'connecting' : 'catching up')
    this.#catchUp()
  }

  readonly #onDisconnect = (reason: string) => {
    clearTimeout(this.#staleTimer)
    // The server ends a socket when its session has ended: coming back is for whoever logs in.
    this.#show(reason === 'io server disconnect' ? 'refused' : 'offline')
  }

  readonly #onRefused = (error: Error) => this.#show(error.message === 'not-signed-in' ? 'refused' : 'offline')

  readonly #onChanges = (changes: Changes) => {
    if (changes.room !== roomKey(this.#room)) return
    // During a catch-up the cursor stays where that is: a batch further on must not hide what is still missing.
    if (this.#state.connection === 'live') this.#cursor = changes.cursor
    this.#list.merge(changes)
    this.#show(this.#state.connection)
  }

  readonly #onHead = () => {
    clearTimeout(this.#staleTimer)
    this.#staleTimer = setTimeout(() => this.#show('stale'), STALE_MS)
    if (this.#state.connection === 'stale') this.#show('live')
  }

  #catchUp(): void {
    this.#socket.emit('subscribe', this.#room, this.#cursor, (answer: Subscribed) => {
      if (!answer.ok) return this.#show('refused')
      // After a long absence there would be a hole between what was known and the snapshot.
      if (answer.isAfresh && this.#cursor !== null) this.#list.clear()
      this.#cursor = answer.cursor
      this.#list.merge(answer)
      this.#show(answer.complete ? 'live' : 'catching up')
      if (!answer.complete) this.#catchUp()
    })
  }

  #show(connection: Connection): void {
    const { messages } = this.#list
    if (messages === this.#state.messages && connection === this.#state.connection) return
    this.#state = { messages, connection }
    for (const listener of this.#listeners) listener()
  }
}
