'use client'
import { useEffect, useState } from 'react'

const MOMENT_MS = 480

/**
 * Counts the moments of something that is played once, from the beginning whenever `subject` changes. Who asked for
 * less motion sees its end at once.
 */
export function usePlayback(subject: string, moments: number): { moment: number; replay(): void } {
  const [{ of, moment }, setPlayed] = useState({ of: subject, moment: 0 })
  const now = of === subject ? moment : 0
  useEffect(() => {
    if (now >= moments) return
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
    const next = () => setPlayed({ of: subject, moment: isCalm ? moments : now + 1 })
    const timer = setTimeout(next, isCalm ? 0 : MOMENT_MS)
    return () => clearTimeout(timer)
  }, [now, moments, subject])
  return { moment: now, replay: () => setPlayed({ of: subject, moment: 0 }) }
}
