'use client'
import { useSyncExternalStore } from 'react'

const never = () => () => {}

interface MomentProps {
  iso: string
  /** Operators compare milliseconds; to everybody else they are noise. */
  to?: 'milliseconds' | 'seconds'
}

/** A time of day in the reader's zone; the exact instant on hover. */
export function Moment({ iso, to = 'milliseconds' }: MomentProps) {
  // The server does not know the reader's zone: until the page runs it shows the time in UTC.
  const isBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <time dateTime={iso} title={`${iso} (UTC)`} className="font-mono">
      {(isBrowser ? local(iso) : iso.slice(11, 23)).slice(0, to === 'seconds' ? 8 : undefined)}
    </time>
  )
}

function local(iso: string): string {
  const date = new Date(iso)
  const pad = (value: number, width = 2) => String(value).padStart(width, '0')
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`
}
