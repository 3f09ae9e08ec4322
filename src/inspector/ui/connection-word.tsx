'use client'
import clsx from 'clsx'
import type { Connection } from './feed-client.ts'

const WORDS: Record<Connection, string> = {
  connecting: 'Connecting',
  live: 'Live',
  'catching up': 'Catching up',
  stale: 'No sign of life',
  offline: 'Reconnecting',
  refused: 'Signed out',
}

/** What the connection is doing: a dot and a word. */
export function ConnectionWord({ connection }: { connection: Connection }) {
  return (
    <span role="status" className="inline-flex items-center gap-2 text-sm">
      <span
        aria-hidden="true"
        className={clsx(
          'size-2.5 rounded-full border-2 border-state-succeeded',
          connection === 'live' && 'bg-state-succeeded',
          (connection === 'offline' || connection === 'refused' || connection === 'stale') && 'border-state-dead!',
          (connection === 'connecting' || connection === 'catching up') && 'border-state-retrying!',
        )}
      />
      {WORDS[connection]}
    </span>
  )
}
