'use client'
import { useSyncExternalStore } from 'react'

/** A day and a time as people say them, in the reader's zone; the exact instant on hover. */
export function DateTime({ iso }: { iso: string }) {
  // The server does not know the reader's zone: until the page runs it shows the time in UTC, and says so.
  const isHere = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <time dateTime={iso} title={`${iso} (UTC)`} className="whitespace-nowrap">
      {isHere ? HERE.format(new Date(iso)) : `${UTC.format(new Date(iso))} UTC`}
    </time>
  )
}

const never = () => () => {}
const STYLE = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const
const HERE = new Intl.DateTimeFormat('en-GB', STYLE)
const UTC = new Intl.DateTimeFormat('en-GB', { ...STYLE, timeZone: 'UTC' })
