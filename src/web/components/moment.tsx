'use client'
import { useSyncExternalStore } from 'react'
import { useTaste } from '../taste.ts'
import { agoWords, localTime } from '../time-words.ts'

interface MomentProps {
  iso: string
  /** Operators compare milliseconds; to everybody else they are noise. */
  to?: 'milliseconds' | 'seconds'
}

/** A time as the reader wants to see it: of day in their zone or in UTC, or how long ago; the exact instant on hover. */
export function Moment({ iso, to = 'milliseconds' }: MomentProps) {
  const { zone } = useTaste()
  // The server does not know the reader's zone: until the page runs it shows the time in UTC.
  const now = useSyncExternalStore(
    zone === 'relative' ? everySecond : never,
    () => (zone === 'relative' ? Math.floor(Date.now() / 1_000) * 1_000 : 0),
    () => null,
  )
  const end = to === 'seconds' ? 8 : undefined
  const words =
    now === null
      ? iso.slice(11, 23).slice(0, end)
      : zone === 'relative'
        ? agoWords(now - Date.parse(iso))
        : zone === 'utc'
          ? `${iso.slice(11, 23).slice(0, end)}Z`
          : localTime(new Date(iso)).slice(0, end)
  return (
    <time dateTime={iso} title={`${iso} (UTC)`} className="font-mono">
      {words}
    </time>
  )
}

const never = () => () => {}

/** One timer for all times on a page. */
const ticking = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function everySecond(listener: () => void): () => void {
  ticking.add(listener)
  timer ??= setInterval(() => {
    for (const each of ticking) each()
  }, 1_000)
  return () => {
    ticking.delete(listener)
    if (ticking.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
