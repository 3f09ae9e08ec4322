import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Connection } from './feed-client.ts'

interface Props {
  connection: Connection
  isPaused: boolean
  /** Messages that wait above the first row. */
  news: number
  /** Messages that are being filled in; null while it is not known how many. */
  missed: number | null
}

/** Says across the list why it does not move: it is paused, or its line is cut. Nothing while it follows. */
export function LiveBand({ connection, isPaused, news, missed }: Props) {
  switch (connection) {
    case 'offline':
      return (
        <Band>
          The connection is lost; we are reconnecting. What you see is from before, and what you miss will be filled in.
        </Band>
      )
    case 'stale':
      return <Band>The server has said nothing for some seconds. What you see may be old.</Band>
    case 'catching up':
      return (
        <Band>
          {missed === null ? 'Catching up' : `${missed.toLocaleString('en')} missed`}: what is not there yet is being
          filled in.
        </Band>
      )
    case 'refused':
      return (
        <Band>
          Your session has ended.{' '}
          <Link href="/login?next=/inspector/live" className="font-medium underline underline-offset-4">
            Log in again
          </Link>{' '}
          to follow.
        </Band>
      )
    default:
      if (!isPaused) return null
      return (
        <Band>
          Paused. {news === 0 ? 'Nothing new waits.' : `${news} new ${news === 1 ? 'message waits' : 'messages wait'}.`}{' '}
          Space or Resume goes on.
        </Band>
      )
  }
}

function Band({ children }: { children: ReactNode }) {
  return (
    <p className="mb-2 rounded-md border border-state-retrying bg-[color-mix(in_srgb,var(--state-retrying)_12%,var(--raised))] px-3.5 py-1.5 text-sm">
      {children}
    </p>
  )
}
