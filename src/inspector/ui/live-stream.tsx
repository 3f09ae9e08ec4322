'use client'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '../../web/components/button.tsx'
import { EmptyState } from '../../web/components/empty-state.tsx'
import { stillFits } from '../model/filter/still-fits.ts'
import type { MessageRow } from '../model/view.ts'
import { ConnectionWord } from './connection-word.tsx'
import { LiveBand } from './live-band.tsx'
import { MessageGrid } from './message-grid.tsx'
import { OlderFoot } from './older.tsx'
import { useFeed } from './use-feed.ts'
import { useFollowing } from './use-following.ts'
import { type Older, useOlder } from './use-older.ts'

interface Props {
  /** One that can be read; empty for all. */
  filter: string
  initial: MessageRow[]
  mayAct: boolean
  onClear(): void
  onFollow(conversationId: string): void
}

/** The messages that fit one filter, followed. */
export function LiveStream({ filter, initial, mayAct, onClear, onFollow }: Props) {
  const { messages, connection, missed } = useFeed({ room: 'live', filter: filter || undefined }, initial)
  const isThere = connection !== 'connecting'
  const older = useOlder({ filter, rows: messages, isThere })
  const [fits] = useState(() => stillFits(filter))
  const all = [...older.rows, ...messages]
  const list = useFollowing(all)
  // What fits no more leaves while one follows. Who reads loses nothing from under the eyes.
  const rows = list.isPaused || !list.isAtTop ? list.rows : list.rows.filter(fits)

  return (
    <>
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1">
        <ConnectionWord connection={connection} />
        <span className="text-sm text-muted max-sm:hidden">
          {list.isPaused ? 'paused' : list.isAtTop ? 'following' : 'holding still while you read'}
        </span>
        <Button
          variant="quiet"
          size="small"
          onClick={list.togglePause}
          aria-pressed={list.isPaused}
          className="ml-auto"
        >
          {list.isPaused ? 'Resume' : 'Pause'}
        </Button>
      </div>
      <LiveBand connection={connection} isPaused={list.isPaused} news={list.news.count} missed={missed} />
      {rows.length > 0 ? (
        <MessageGrid list={{ ...list, rows }} mayAct={mayAct} onFollow={onFollow} />
      ) : filter === '' ? (
        <NoMessages />
      ) : (
        <NothingFits filter={filter} older={older} isThere={isThere} onClear={onClear} />
      )}
      <OlderFoot older={older} isFiltered={filter !== ''}>
        {rows.length.toLocaleString('en')} {rows.length === 1 ? 'message' : 'messages'}
      </OlderFoot>
    </>
  )
}

function NoMessages() {
  return (
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
  )
}

function NothingFits({
  filter,
  older,
  isThere,
  onClear,
}: Pick<Props, 'filter' | 'onClear'> & { older: Older; isThere: boolean }) {
  const isLooking = !isThere || older.state === 'loading'
  return (
    <EmptyState
      title={isLooking ? 'Looking' : 'Nothing matches'}
      action={
        <Button variant="quiet" size="small" onClick={onClear}>
          Clear the filter
        </Button>
      }
    >
      {isLooking
        ? 'Nothing so far fits '
        : older.state === 'all'
          ? 'No message fits '
          : 'None that was looked at fits '}
      <q className="font-mono text-sm text-ink [overflow-wrap:anywhere]">{filter}</q>. What comes and fits appears here.
    </EmptyState>
  )
}
