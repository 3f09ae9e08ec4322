'use client'
import { useMemo, useState } from 'react'
import { type NewestAt, useTaste } from '../../../web/taste.ts'
import type { LiveView } from '../../model/live-list.ts'
import { byTime, type DurationOrder, idsByDuration, inOrderOf, type OrderedView } from '../../model/live-order.ts'
import type { Live } from './use-live.ts'

export interface Following {
  view: LiveView
  /** As they are drawn. */
  rows: OrderedView
  newestAt: NewestAt
  /** What they are sorted by, where that is not the time. */
  sort: DurationOrder | null
  /** Whether what comes is let in at once. */
  isFollowing: boolean
  /** How often one went to the newest. */
  jumps: number
  /** Since when, or null while it is not. */
  pausedAt: number | null
  /** Whether what waits joins on to what is shown. */
  isWhole: boolean
  /** Whether the end with the newest is in view. */
  setAtEdge(isAtEdge: boolean): void
  /** Something is being looked at: nothing moves until {@link jumpToNewest}. */
  hold(): void
  pause(): void
  /** Lets in what waits, beyond what is looked at. */
  resumeHere(): void
  /** Shows the newest and follows again. */
  jumpToNewest(): void
}

interface Sorted {
  sort: DurationOrder | null
  onSort(sort: DurationOrder | null): void
}

/**
 * The list never moves under its reader: at its newest end it follows; scrolled away, looked into, sorted or paused it
 * holds still and counts what came. Rows in view change in place all the same.
 */
export function useFollowing({ messages: view, list, change }: Live, { sort, onSort }: Sorted): Following {
  const { newestAt } = useTaste()
  const [isAtEdge, setIsAtEdge] = useState(true)
  const [isHeld, setHeld] = useState(false)
  const [pausedAt, setPausedAt] = useState<number | null>(null)
  const [jumps, setJumps] = useState(0)
  const rows = useOrder(view, newestAt, sort)
  return {
    view,
    rows,
    newestAt,
    sort,
    isFollowing: isAtEdge && !isHeld && pausedAt === null,
    jumps,
    pausedAt,
    isWhole: list.isWhole,
    setAtEdge: (atEdge) => {
      if (atEdge === isAtEdge) return
      if (!atEdge) change(() => list.hold())
      // With news beyond it, the edge of what is held is not the newest: the reader decides when to go there.
      else if (view.news.count > 0) return
      else if (pausedAt === null && !isHeld) change(() => list.follow())
      setIsAtEdge(atEdge)
    },
    hold: () => {
      if (isHeld) return
      setHeld(true)
      change(() => list.hold())
    },
    pause: () => {
      setPausedAt(Date.now())
      change(() => list.hold())
    },
    resumeHere: () => {
      const newest = view.at(0)
      setPausedAt(null)
      setHeld(sort !== null)
      change(() => list.follow())
      const isNewest = newest !== undefined && list.messages.indexOf(newest.messageId) === 0
      setIsAtEdge(isNewest)
      if (!isNewest || sort !== null) change(() => list.hold())
    },
    jumpToNewest: () => {
      setPausedAt(null)
      setIsAtEdge(true)
      setHeld(false)
      setJumps((count) => count + 1)
      change(() => list.follow())
      if (sort !== null) onSort(null)
    },
  }
}

/** By the time; or by how long they took, as that was when it was asked for: rows that change keep their place. */
function useOrder(view: LiveView, newestAt: NewestAt, sort: DurationOrder | null): OrderedView {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it holds is another only where their number is
  const ids = useMemo(() => (sort === null ? null : idsByDuration(view, sort)), [sort, view.length, view.cuts])
  const places = useMemo(() => new Map(ids?.map((id, place) => [id, place])), [ids])
  return ids === null ? byTime(view, newestAt) : inOrderOf(view, ids, places)
}
