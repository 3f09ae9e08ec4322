'use client'
import type { ReactNode } from 'react'
import { Link } from '../../../web/components/link.tsx'
import { useNow } from '../use-now.ts'
import type { Live } from './use-live.ts'

interface Props {
  live: Pick<Live, 'connection' | 'missed' | 'remaining' | 'messages'>
  /** Since when the reader has it paused, or null. */
  pausedAt: number | null
  /** What can be done while it is paused. */
  children: ReactNode
}

/** Says across the list why it does not move, or not all of it: it is paused, too fast to draw, or its line is cut. */
export function LiveBand({ live, pausedAt, children }: Props) {
  const { connection, missed, remaining } = live
  const { news, oneOf } = live.messages
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
          {missed !== null && missed > 0 && remaining !== null && (
            <progress
              max={missed}
              value={missed - remaining}
              aria-label="Filled in"
              className="mt-1 block h-1 w-full overflow-hidden rounded-full bg-tint [&::-moz-progress-bar]:bg-state-retrying [&::-webkit-progress-bar]:bg-tint [&::-webkit-progress-value]:bg-state-retrying"
            />
          )}
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
      if (pausedAt !== null) return <PausedBand pausedAt={pausedAt} news={news.count} actions={children} />
      if (oneOf === 1) return null
      return (
        <Band>
          <b className="font-semibold">Sampling.</b> Messages come faster than anybody reads: 1 of {oneOf} is shown.
          Counts are exact, and all are shown again when it is calmer.
        </Band>
      )
  }
}

function PausedBand({ pausedAt, news, actions }: { pausedAt: number; news: number; actions: ReactNode }) {
  const seconds = Math.max(0, Math.floor(((useNow(true) ?? pausedAt) - pausedAt) / 1_000))
  const clock = `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <Band>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="tabular-nums">
          <b className="font-semibold">Paused</b> {clock} ·{' '}
          {news === 0 ? 'nothing new waits' : `${news.toLocaleString('en')} waiting`}
        </span>
        <span className="ml-auto flex gap-2">{actions}</span>
      </span>
    </Band>
  )
}

function Band({ children }: { children: ReactNode }) {
  return (
    <div className="mb-2 rounded-md border border-state-retrying bg-[color-mix(in_srgb,var(--state-retrying)_12%,var(--raised))] px-3.5 py-1.5 text-sm">
      {children}
    </div>
  )
}
