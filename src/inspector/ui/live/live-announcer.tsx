'use client'
import { useEffect, useRef, useState } from 'react'
import type { LiveView } from '../../model/live-list.ts'
import { newsWords } from '../../model/live-news.ts'

/** Nobody wants to hear of every row. */
const EVERY_MS = 10_000

interface Props {
  came: LiveView['came']
  /** Whether what is there has come: what comes from now on is new. */
  isThere: boolean
}

/** Says to who hears the page what came and what failed: politely, in sum, and at most every ten seconds. */
export function LiveAnnouncer({ came, isThere }: Props) {
  const [words, setWords] = useState('')
  const newest = useRef(came)
  useEffect(() => {
    newest.current = came
  })
  useEffect(() => {
    if (!isThere) return
    let told = newest.current
    const timer = setInterval(() => {
      const next = newsWords(told, newest.current)
      told = newest.current
      if (next) setWords(next)
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [isThere])
  return (
    <p role="log" aria-label="What has come" aria-live="polite" className="sr-only">
      {words}
    </p>
  )
}
