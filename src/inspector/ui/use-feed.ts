'use client'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { feedSocket } from '../../web/socket.ts'
import { MOST_KEPT, type Room, roomKey } from '../model/feed-protocol.ts'
import { MessageList } from '../model/message-list.ts'
import type { MessageRow } from '../model/view.ts'
import { FeedClient, type FeedState, silentState } from './feed-client.ts'

/** Follows a room, beginning with what the page came with. */
export function useFeed(room: Room, initial: readonly MessageRow[]): FeedState {
  const [first] = useState(initial)
  const key = roomKey(room)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which room it is
  const client = useMemo(() => {
    if (typeof window === 'undefined') return null
    const list = new MessageList(MOST_KEPT)
    list.merge({ messages: first, deliveries: [] })
    return new FeedClient(feedSocket(), room, list)
  }, [key, first])
  const [onServer] = useState<FeedState>(() => silentState(first))
  return useSyncExternalStore(
    client?.subscribe ?? (() => () => {}),
    () => client?.state ?? onServer,
    () => onServer,
  )
}
