'use client'
import { formatMs } from '../model/durations.ts'

/** How long ago, or in how long; the exact instant on hover. Coarse, so that it does not flicker. */
export function Ago({ iso, now }: { iso: string; now: number | null }) {
  const ms = now === null ? null : now - Date.parse(iso)
  return (
    <time dateTime={iso} title={`${iso} (UTC)`} className="tabular-nums">
      {ms === null ? iso.slice(0, 16).replace('T', ' ') : ms >= 0 ? `${rough(ms)} ago` : `in ${rough(-ms)}`}
    </time>
  )
}

function rough(ms: number): string {
  return formatMs(
    Math.max(1_000, ms < 60_000 ? Math.round(ms / 1_000) * 1_000 : Math.round(ms / 60_000) * 60_000),
  ).replace('.0 s', ' s')
}
