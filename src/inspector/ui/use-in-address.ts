'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type InAddress, putInAddress } from './put-in-address.ts'

/**
 * How a page is looked at, kept in its address: a link shows the same, and so does going back. Each change builds on
 * the newest, also where its caller was made in an older rendering. What `written` gives, `read` reads as it was.
 */
export function useInAddress<Looked>(
  read: (query: URLSearchParams) => Looked,
  written: (looked: Looked) => InAddress,
  writeAfterMs = 0,
) {
  // Not from what the server was asked: whoever goes back gets the page as it was rendered, before its address changed.
  const query = useSearchParams()
  const page = usePathname()
  const [looked, setLooked] = useState(() => read(query))
  const newest = useRef(looked)
  const seen = useRef<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const change = useCallback(
    (changes: Partial<Looked>) => {
      newest.current = { ...newest.current, ...changes }
      setLooked(newest.current)
      const write = () => {
        timer.current = null
        putInAddress(written(newest.current))
      }
      if (timer.current !== null) clearTimeout(timer.current)
      if (writeAfterMs === 0) write()
      else timer.current = setTimeout(write, writeAfterMs)
    },
    [written, writeAfterMs],
  )
  // A link can lead to the same page, with something else in its address: that draws it anew, and keeps its state.
  useEffect(() => {
    const { pathname, search } = window.location
    if (pathname !== page || search === seen.current || timer.current !== null) return
    seen.current = search
    const asked = read(new URLSearchParams(search))
    if (JSON.stringify(written(asked)) === JSON.stringify(written(newest.current))) return
    newest.current = asked
    setLooked(asked)
  })
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
  return [looked, change] as const
}
