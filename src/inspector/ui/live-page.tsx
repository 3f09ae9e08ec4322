'use client'
import Link from 'next/link'
import { useDeferredValue } from 'react'
import { Button } from '../../web/components/button.tsx'
import { EmptyState } from '../../web/components/empty-state.tsx'
import { matches } from '../model/filter.ts'
import type { MessageRow } from '../model/view.ts'
import { ConnectionWord } from './connection-word.tsx'
import { FilterField } from './filter-field.tsx'
import { LiveBand } from './live-band.tsx'
import { MessageGrid } from './message-grid.tsx'
import { Older } from './older.tsx'
import { useFeed } from './use-feed.ts'
import { useFilter } from './use-filter.ts'
import { useFollowing } from './use-following.ts'
import { useOlder } from './use-older.ts'

/** Every message as it comes, newest first, and what becomes of it. */
export function LivePage({ initial, query }: { initial: MessageRow[]; query: string }) {
  const [filter, setFilter] = useFilter(query)
  const wanted = useDeferredValue(filter)
  const { messages, connection } = useFeed({ room: 'live' }, initial)
  const older = useOlder(messages[0])
  const all = [...older.rows, ...messages]
  const list = useFollowing(all.filter((each) => matches(each, wanted)))
  const isFiltered = wanted.trim() !== ''

  return (
    <div className="mx-auto flex min-h-0 w-full max-w-[104rem] flex-1 flex-col px-4 pt-4 pb-3 sm:px-6">
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-2xl font-semibold tracking-tight">Live</h1>
        <ConnectionWord connection={connection} />
        <span className="text-sm text-muted max-sm:hidden">
          {list.isPaused ? 'paused' : list.isAtTop ? 'following' : 'holding still while you read'}
        </span>
        <div className="flex items-center gap-2 max-sm:w-full sm:ml-auto">
          <FilterField value={filter} onChange={setFilter} />
          <Button variant="quiet" size="small" onClick={list.togglePause} aria-pressed={list.isPaused}>
            {list.isPaused ? 'Resume' : 'Pause'}
          </Button>
        </div>
      </div>
      <LiveBand connection={connection} isPaused={list.isPaused} news={list.news.count} />
      {all.length === 0 ? (
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
      ) : list.rows.length === 0 ? (
        <EmptyState
          title="Nothing matches"
          action={
            <Button variant="quiet" size="small" onClick={() => setFilter('')}>
              Clear the filter
            </Button>
          }
        >
          None of the {all.length} messages that are loaded has <q className="font-mono text-sm text-ink">{wanted}</q>{' '}
          in its name, ids, handlers or states. Older ones may have: load them below.
        </EmptyState>
      ) : (
        <MessageGrid list={list} />
      )}
      <Older load={older.load} state={older.state}>
        {isFiltered ? `${list.rows.length} of ${all.length} messages` : `${all.length} messages`}
      </Older>
    </div>
  )
}
