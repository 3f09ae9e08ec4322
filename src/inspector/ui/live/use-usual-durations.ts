'use client'
import { useEffect, useRef, useState } from 'react'
import type { LiveView } from '../../model/live-list.ts'
import { usualDurations } from '../../model/usual-durations.ts'

/** The newest that are looked at: what they tell is worth no more time. */
const MOST = 2_000
const EVERY_MS = 5_000

/** How long messages of each type usually take, by those that the list holds; looked at again now and then. */
export function useUsualDurations(view: LiveView): ReadonlyMap<string, number> {
  const [usual, setUsual] = useState<ReadonlyMap<string, number>>(NONE)
  const newest = useRef(view)
  useEffect(() => {
    newest.current = view
  })
  useEffect(() => {
    const look = () => setUsual(usualDurations(newestOf(newest.current)))
    look()
    const timer = setInterval(look, EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return usual
}

const NONE: ReadonlyMap<string, number> = new Map()

function* newestOf(view: LiveView) {
  const count = Math.min(view.length, MOST)
  for (let index = 0; index < count; index += 1) {
    const row = view.at(index)
    if (row) yield row
  }
}
