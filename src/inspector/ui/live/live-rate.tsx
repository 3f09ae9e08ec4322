'use client'
import { useEffect, useRef, useState } from 'react'
import type { LiveView } from '../../model/live-list.ts'

const EVERY_MS = 1_000

/** How many messages came in the last second, also while the list holds still. */
export function LiveRate({ came }: Pick<LiveView, 'came'>) {
  const [rate, setRate] = useState<number | null>(null)
  const newest = useRef(came.count)
  useEffect(() => {
    newest.current = came.count
  })
  useEffect(() => {
    let told = newest.current
    const timer = setInterval(() => {
      setRate(newest.current - told)
      told = newest.current
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  if (rate === null) return null
  return <span className="text-sm text-muted tabular-nums">{rate.toLocaleString('en')}/s</span>
}
