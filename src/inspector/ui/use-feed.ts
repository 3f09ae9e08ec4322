'use client'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { feedSocket } from '../../web/socket.ts'
import type { Room } from '../model/feed-protocol.ts'
import { MessageList } from '../model/message-list.ts'
import type { MessageRow } from '../model/view.ts'
import { FeedClient, type FeedState } from './feed-client.ts'

const WINDOW = 5_000

/** Follows a room, beginning with what the page came with. */
export function useFeed(room: Room, initial: readonly MessageRow[]): FeedState {
  const [first] = useState(initial)
  const conversationId = room.room === 'conversation' ? room.conversationId : null
  const client = useMemo(() => {
    if (typeof window === 'undefined') return null
    const followed: Room = conversationId === null ? { room: 'live' } : { room: 'conversation', conversationId }
    const list = new MessageList(WINDOW)
    list.merge({ messages: first, deliveries: [] })
    return new FeedClient(feedSocket(), followed, list)
  }, [conversationId, first])
  const [onServer] = useState<FeedState>({ messages: first, connection: 'connecting' })
  return useSyncExternalStore(
    client?.subscribe ?? (() => () => {}),
    () => client?.state ?? onServer,
    () => onServer,
  )
}
