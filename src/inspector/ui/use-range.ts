'use client'
import { useState } from 'react'
import { customRange, DEFAULT_RANGE } from '../model/range.ts'

/** The stretch of time that a page shows; in the address, so that a link shows the same. */
export function useRange(first: string) {
  const [range, setRange] = useState(first)
  const choose = (chosen: string) => {
    setRange(chosen)
    const url = new URL(window.location.href)
    // What nobody chose leaves nothing in the address.
    if (chosen === DEFAULT_RANGE) url.searchParams.delete('range')
    else url.searchParams.set('range', chosen)
    window.history.replaceState(null, '', url)
  }
  return { range, choose, chooseBetween: (fromMs: number, toMs: number) => choose(customRange(fromMs, toMs)) }
}
