'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { LiveView } from '../../model/live-list.ts'
import type { MessageRow, Place } from '../../model/view.ts'

const PAGE = 200
/** With a filter one looks back until there are so many rows, without being asked. */
const ENOUGH = 50

export type OlderState = 'more' | 'loading' | 'all' | 'failed'

export interface Older {
  state: OlderState
  /** Messages looked at, and back to when. */
  looked: number
  lookedTo: string | null
  load(): void
  stop(): void
}

interface Following {
  filter: string
  /** What is followed, and whether it has come. */
  view: LiveView
  isThere: boolean
  /** Takes in what is found. */
  add(rows: readonly MessageRow[]): void
}

/**
 * Messages from before the ones that are followed. With a filter each call looks through a bounded part of what is
 * stored: it goes on until a page is full, and can be stopped.
 */
export function useOlder({ filter, view, isThere, add }: Following): Older {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [state, setState] = useState<OlderState>('more')
  const [place, setPlace] = useState<Place | null>(null)
  const [looked, setLooked] = useState(0)
  const isWanted = useRef(false)
  // What was looked for joins on only as long as the list has not let go of its end.
  const cuts = useRef(view.cuts)

  const load = async () => {
    if (isWanted.current) return
    isWanted.current = true
    setState('loading')
    let before = (cuts.current === view.cuts ? place : null) ?? placeOf(view.oldest)
    cuts.current = view.cuts
    try {
      for (let found = 0; isWanted.current && found < PAGE; ) {
        const page = await client.fetchQuery({
          ...trpc.inspector.search.queryOptions({ filter, before, limit: PAGE - found }),
          staleTime: 0,
        })
        found += page.rows.length
        before = page.next
        setPlace(before)
        setLooked((known) => known + page.looked)
        add(page.rows)
        if (before === null) break
      }
      setState(before === null ? 'all' : 'more')
    } catch {
      setState('failed')
    }
    isWanted.current = false
  }

  const isScant = filter !== '' && isThere && view.count < ENOUGH
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it turns out that there is little to see
  useEffect(() => {
    if (isScant) void load()
  }, [isScant])
  useEffect(
    () => () => {
      isWanted.current = false
    },
    [],
  )

  return {
    state,
    looked,
    lookedTo: place?.occurredAt ?? null,
    load: () => void load(),
    stop: () => {
      isWanted.current = false
    },
  }
}

function placeOf(message: MessageRow | undefined): Place | null {
  return message ? { occurredAt: message.occurredAt, messageId: message.messageId } : null
}
