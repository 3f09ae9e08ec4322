'use client'
import type { Socket } from 'socket.io-client'
import { type Changes, type Cursor, type Room, roomKey, type Subscribed } from '../model/feed-protocol.ts'
import { MessageList } from '../model/message-list.ts'
import type { MessageRow } from '../model/view.ts'

/** What the connection is doing, in words that can be shown. */
export type Connection = 'connecting' | 'live' | 'catching up' | 'stale' | 'offline' | 'refused'

export interface FeedState {
  /** Oldest first. */
  messages: readonly MessageRow[]
  connection: Connection
}

const WINDOW = 5_000
const STALE_MS = 5_000

/** Follows one room: a snapshot, then changes; after a lost connection everything since its cursor. */
export class FeedClient {
  readonly #socket: Socket
  readonly #room: Room
  readonly #list = new MessageList(WINDOW)
  readonly #listeners = new Set<() => void>()
  #cursor: Cursor | null = null
  #state: FeedState
  #staleTimer: ReturnType<typeof setTimeout> | undefined

  constructor(socket: Socket, room: Room, initial: readonly MessageRow[]) {
    this.#socket = socket
    this.#room = room
    this.#list.merge({ messages: initial, deliveries: [] })
    this.#state = { messages: this.#list.messages, connection: 'connecting' }
  }

  get state(): FeedState {
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
    this.#show(this.#cursor === null ? 'connecting' : 'catching up')
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
