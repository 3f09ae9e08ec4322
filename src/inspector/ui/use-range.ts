'use client'
import { useState } from 'react'
import { customRange, DEFAULT_RANGE } from '../model/range.ts'
import { putInAddress } from './put-in-address.ts'

/** The stretch of time that a page shows; in the address, so that a link shows the same. */
export function useRange(first: string) {
  const [range, setRange] = useState(first)
  const choose = (chosen: string) => {
    setRange(chosen)
    putInAddress({ range: chosen === DEFAULT_RANGE ? null : chosen })
  }
  return { range, choose, chooseBetween: (fromMs: number, toMs: number) => choose(customRange(fromMs, toMs)) }
}
