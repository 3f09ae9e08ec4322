'use client'
import { useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useDeferredValue, useState } from 'react'
import { Button } from '../../web/components/button.tsx'
import { EmptyState } from '../../web/components/empty-state.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import { matches } from '../model/filter.ts'
import type { MessageRow } from '../model/view.ts'
import { ConnectionWord } from './connection-word.tsx'
import { FilterField } from './filter-field.tsx'
import { MessageGrid } from './message-grid.tsx'
import { useFeed } from './use-feed.ts'
import { useFollowing } from './use-following.ts'

const OLDER = 200

/** Every message as it comes, newest first, and what becomes of it. */
export function LivePage({ initial, query }: { initial: MessageRow[]; query: string }) {
  const [filter, setFilter] = useState(query)
  const wanted = useDeferredValue(filter)
  const [older, setOlder] = useState<MessageRow[]>([])
  const { messages, connection } = useFeed({ room: 'live' }, initial)
  const list = useFollowing([...older, ...messages].filter((each) => matches(each, wanted)))
  const loadOlder = useOlder(older[0] ?? messages[0], (rows) => setOlder((known) => [...rows, ...known]))

  return (
    <div className="flex min-h-0 flex-1 flex-col px-4 py-4 sm:px-6">
      <div className="mb-3 flex flex-wrap items-center gap-x-5 gap-y-2">
        <h1 className="text-xl font-semibold tracking-tight">Live</h1>
        <ConnectionWord connection={connection} />
        <span className="text-sm text-muted">
          {list.isPaused ? 'Paused' : list.isAtTop ? 'Following' : 'Holding still while you read'}
        </span>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <FilterField value={filter} onChange={setFilter} />
          <Button variant="quiet" size="small" onClick={list.togglePause} aria-pressed={list.isPaused}>
            {list.isPaused ? 'Resume' : 'Pause'}
          </Button>
        </div>
      </div>
      {messages.length === 0 ? (
        <EmptyState
          title="No messages yet"
          action={
            <Link href="/signup" className="text-accent underline underline-offset-4">
              Create an account
            </Link>
          }
        >
          Sign up in another window, and watch its command, its event and every handler appear here.
        </EmptyState>
      ) : (
        <MessageGrid list={list} onEnd={loadOlder} />
      )}
    </div>
  )
}

function useOlder(oldest: MessageRow | undefined, add: (rows: MessageRow[]) => void) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [state, setState] = useState<'more' | 'loading' | 'all' | 'failed'>('more')
  const load = async () => {
    if (!oldest || state === 'loading') return
    setState('loading')
    const { occurredAt, messageId } = oldest
    try {
      const { rows } = await client.fetchQuery(
        trpc.inspector.page.queryOptions({ before: { occurredAt, messageId }, limit: OLDER }),
      )
      add(rows.toReversed())
      setState(rows.length < OLDER ? 'all' : 'more')
    } catch {
      setState('failed')
    }
  }
  return { load: () => void load(), state }
}
