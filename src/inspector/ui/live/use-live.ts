'use client'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { feedSocket } from '../../../web/socket.ts'
import { MOST_KEPT } from '../../model/feed-protocol.ts'
import { stillFits } from '../../model/filter/still-fits.ts'
import { LiveList, type LiveView } from '../../model/live-list.ts'
import type { MessageRow } from '../../model/view.ts'
import { FeedClient, type FeedState, silentState } from '../feed-client.ts'

const SETTLE_MS = 1_000

export interface Live extends FeedState<LiveView> {
  readonly list: LiveList
  /** Changes the list by hand, and shows that. */
  change(by: (list: LiveList) => void): void
}

/** Follows the live room, or of it what fits a filter; beginning with what the page came with, the oldest first. */
export function useLive(filter: string, initial: readonly MessageRow[]): Live {
  const [{ list, client, first }] = useState(() => follow(filter, initial))
  const state = useSyncExternalStore(
    client?.subscribe ?? never,
    () => client?.state ?? first,
    () => first,
  )
  const isSampling = state.messages.oneOf > 1
  useEffect(() => {
    if (!isSampling) return
    const timer = setInterval(() => {
      if (list.settle()) client?.refresh()
    }, SETTLE_MS)
    return () => clearInterval(timer)
  }, [isSampling, list, client])
  const [change] = useState(() => (by: (list: LiveList) => void) => {
    by(list)
    client?.refresh()
  })
  return { ...state, list, change }
}

const never = () => () => {}

function follow(filter: string, initial: readonly MessageRow[]) {
  const list = new LiveList({ limit: MOST_KEPT, fits: stillFits(filter) })
  list.merge({ messages: initial, deliveries: [] })
  const first = silentState(list.messages)
  const room = { room: 'live', filter: filter || undefined } as const
  return { list, first, client: typeof window === 'undefined' ? null : new FeedClient(feedSocket(), room, list) }
}
