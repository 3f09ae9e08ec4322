'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { MessageRow, Place } from '../model/view.ts'

const PAGE = 200
/** With a filter one looks back until there are so many rows, without being asked. */
const ENOUGH = 50

export type OlderState = 'more' | 'loading' | 'all' | 'failed'

export interface Older {
  /** Oldest first. */
  rows: readonly MessageRow[]
  state: OlderState
  /** Messages looked at, and back to when. */
  looked: number
  lookedTo: string | null
  load(): void
  stop(): void
}

interface Following {
  filter: string
  /** What is followed, the oldest first, and whether it has come. */
  rows: readonly MessageRow[]
  isThere: boolean
}

/**
 * Messages from before the ones that are followed. With a filter each call looks through a bounded part of what is
 * stored: it goes on until a page is full, and can be stopped.
 */
export function useOlder({ filter, rows: followed, isThere }: Following): Older {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [rows, setRows] = useState<MessageRow[]>([])
  const [state, setState] = useState<OlderState>('more')
  const [place, setPlace] = useState<Place | null>(null)
  const [looked, setLooked] = useState(0)
  const isWanted = useRef(false)

  const load = async () => {
    if (isWanted.current) return
    isWanted.current = true
    setState('loading')
    let before = place ?? placeOf(rows[0] ?? followed[0])
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
        setRows((known) => [...page.rows.toReversed(), ...known])
        if (before === null) break
      }
      setState(before === null ? 'all' : 'more')
    } catch {
      setState('failed')
    }
    isWanted.current = false
  }

  const isScant = filter !== '' && isThere && followed.length < ENOUGH
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
    rows,
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
