'use client'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { feedSocket } from '../../web/socket.ts'
import type { Room } from '../model/feed-protocol.ts'
import type { MessageRow } from '../model/view.ts'
import { FeedClient, type FeedState } from './feed-client.ts'

/** Follows a room, beginning with what the page came with. */
export function useFeed(room: Room, initial: readonly MessageRow[]): FeedState {
  const [first] = useState(initial)
  const conversationId = room.room === 'conversation' ? room.conversationId : null
  const client = useMemo(() => {
    if (typeof window === 'undefined') return null
    const followed: Room = conversationId === null ? { room: 'live' } : { room: 'conversation', conversationId }
    return new FeedClient(feedSocket(), followed, first)
  }, [conversationId, first])
  const [onServer] = useState<FeedState>({ messages: first, connection: 'connecting' })
  return useSyncExternalStore(
    client?.subscribe ?? (() => () => {}),
    () => client?.state ?? onServer,
    () => onServer,
  )
}
