'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { feedSocket } from '../../../web/socket.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { unpackTimeline } from '../../model/timeline/packed.ts'
import { isOpen, type Timeline } from '../../model/timeline/timeline.ts'
import { TimelineStore } from '../../model/timeline/timeline-store.ts'
import { FeedClient, type FeedState, silentState } from '../feed-client.ts'
import { useNow } from '../use-now.ts'

interface FollowedTimeline {
  timeline: Timeline
  connection: FeedState['connection']
  isTruncated: boolean
  /** The clock of the server, once a second while something may still happen. */
  now: number
}

/** A conversation as it is now: what was read, and from its cursor on whatever changes. */
export function useTimeline(packed: string): FollowedTimeline {
  const [{ client, store, snapshot, first }] = useState(() => follow(packed))
  const { messages: timeline, connection } = useSyncExternalStore(
    client?.subscribe ?? never,
    () => client?.state ?? first,
    () => first,
  )
  useFailures(store, client, timeline)
  useWholeAgain(store, client, timeline)
  const local = useNow(isOpen(timeline))
  const now = local === null ? snapshot.at : local + snapshot.offsetMs
  return { timeline, connection, now, isTruncated: snapshot.isTruncated }
}

const never = () => () => {}

function follow(packed: string) {
  const { timeline, cursor, at, isTruncated } = unpackTimeline(packed)
  const store = new TimelineStore(timeline)
  const room = { room: 'conversation', conversationId: timeline.conversationId } as const
  const first = silentState(timeline)
  return {
    store,
    client: typeof window === 'undefined' ? null : new FeedClient(feedSocket(), room, store, cursor),
    first,
    snapshot: { isTruncated, at, offsetMs: at - Date.now() },
  }
}

const TOGETHER = 500
const ASK_AFTER_MS = 150

/** The feed tells that something failed; when that was is asked for, for many of them at once. */
function useFailures(store: TimelineStore, feed: FeedClient<Timeline> | null, timeline: Timeline): void {
  const trpc = useTRPC()
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again whenever something has changed
  useEffect(() => {
    const ask = async () => {
      timer.current = undefined
      const deliveryIds = store.takeFailed(TOGETHER)
      if (deliveryIds.length === 0) return
      store.addFailures(
        await client.fetchQuery(trpc.inspector.failures.queryOptions({ deliveryIds }, { staleTime: 0 })),
      )
      feed?.refresh()
    }
    timer.current ??= setTimeout(() => void ask().catch(() => undefined), ASK_AFTER_MS)
  }, [store, feed, timeline, trpc, client])
  useEffect(() => () => clearTimeout(timer.current), [])
}

/** Who was away for too long is told the beginning only: the whole is read again. */
function useWholeAgain(store: TimelineStore, feed: FeedClient<Timeline> | null, timeline: Timeline): void {
  const trpc = useTRPC()
  const client = useQueryClient()
  useEffect(() => {
    if (!store.takeCut()) return
    const read = async () => {
      const id = timeline.conversationId
      const packed = await client.fetchQuery(
        trpc.inspector.timeline.queryOptions({ id }, { staleTime: 0, gcTime: 0, retry: 5 }),
      )
      if (packed) store.refill(unpackTimeline(packed).timeline)
      feed?.refresh()
    }
    void read().catch(() => undefined)
  }, [store, feed, timeline, trpc, client])
}
