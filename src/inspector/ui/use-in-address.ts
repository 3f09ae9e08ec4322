'use client'
import { useCallback, useRef, useState } from 'react'
import { type InAddress, putInAddress } from './put-in-address.ts'

/**
 * How a page is looked at, kept in its address: a link shows the same. Each change builds on the newest, also where
 * its caller was made in an older rendering.
 */
export function useInAddress<Looked extends object>(first: Looked, written: (looked: Looked) => InAddress) {
  const [looked, setLooked] = useState(first)
  const newest = useRef(looked)
  const change = useCallback(
    (changes: Partial<Looked>) => {
      newest.current = { ...newest.current, ...changes }
      setLooked(newest.current)
      putInAddress(written(newest.current))
    },
    [written],
  )
  return [looked, change] as const
}
