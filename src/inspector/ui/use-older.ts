'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { MessageRow } from '../model/view.ts'

const PAGE = 200

export type OlderState = 'more' | 'loading' | 'all' | 'failed'

/** Messages from before the ones that are followed, a page at a time. */
export function useOlder(oldestFollowed: MessageRow | undefined) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [rows, setRows] = useState<MessageRow[]>([])
  const [state, setState] = useState<OlderState>('more')
  const oldest = rows[0] ?? oldestFollowed
  const load = async () => {
    if (!oldest || state === 'loading') return
    setState('loading')
    const { occurredAt, messageId } = oldest
    try {
      const page = await client.fetchQuery(
        trpc.inspector.page.queryOptions({ before: { occurredAt, messageId }, limit: PAGE }),
      )
      setRows((known) => [...page.rows.toReversed(), ...known])
      setState(page.rows.length < PAGE ? 'all' : 'more')
    } catch {
      setState('failed')
    }
  }
  return { rows, state, load: () => void load() }
}
