/**
 * How a viewer follows the bus: a snapshot, then what changes, in batches, in order for as long as the connection
 * holds. A batch says where it goes on from: where that is not where the last one ended, something is missing. A viewer
 * that was away, or too slow for a batch, asks for everything since its cursor; what it is told twice it drops by
 * delivery id and revision.
 */
import type { DeliveryView, MessageRow } from './view.ts'

/** Of the live room one may ask for what fits a filter alone. */
export type Room = { room: 'live'; filter?: string | undefined } | { room: 'conversation'; conversationId: string }

/** Messages of a room that a viewer keeps, and of which the server tells how they change. */
export const MOST_KEPT = 20_000

/** Opaque; comes from the server and goes back to it. */
export type Cursor = string

/** The transaction up to which a cursor has been told, for people to compare; null where it is not known. */
export function seqOf(cursor: Cursor): bigint | null {
  const [, end] = cursor.split(':')
  return end !== undefined && /^\d{1,19}$/.test(end) ? BigInt(end) : null
}

interface Changed {
  /** New messages, each with its deliveries. */
  messages: MessageRow[]
  deliveries: DeliveryView[]
}

export type Subscribed =
  | (Changed & {
      ok: true
      /** A snapshot: what was known before is not continued by it, and is to be dropped. */
      isAfresh: boolean
      cursor: Cursor
      /** When false, ask again with this cursor. */
      complete: boolean
      /** New messages there were since the cursor one came with; null where that is not known without looking. */
      missed: number | null
      /** Where the newest batch of the room ended when this was asked: the next one goes on from there. */
      end: Cursor | null
    })
  | { ok: false; reason: string }

export interface Changes extends Changed {
  /** The room's key; see {@link roomKey}. */
  room: string
  /** Where the room's batch before this one ended; null for its first. */
  from: Cursor | null
  /** Where to go on after a lost connection. */
  to: Cursor
}

export interface ClientToServer {
  subscribe(room: Room, since: Cursor | null, answer: (subscribed: Subscribed) => void): void
  unsubscribe(room: Room): void
}

export interface ServerToClient {
  changes(changes: Changes): void
  /** Every second, also when nothing happens. */
  head(head: { at: string }): void
}

export function roomKey(room: Room): string {
  if (room.room === 'conversation') return `conversation:${room.conversationId}`
  return room.filter ? `${FILTERED}${room.filter}` : 'live'
}

const FILTERED = 'live:'

/** The filter of a room that has one. */
export function filterOf(key: string): string | null {
  return key.startsWith(FILTERED) ? key.slice(FILTERED.length) : null
}
