'use client'
import { customRange, DEFAULT_RANGE, rangeIn } from '../model/range.ts'
import { useInAddress } from './use-in-address.ts'

/** The stretch of time that a page shows; in the address, so that a link shows the same. */
export function useRange() {
  const [range, change] = useInAddress(readRange, writeRange)
  const choose = (chosen: string) => change({ range: chosen })
  return { ...range, choose, chooseBetween: (fromMs: number, toMs: number) => choose(customRange(fromMs, toMs)) }
}

function readRange(query: URLSearchParams) {
  return { range: rangeIn(query.get('range')) }
}

function writeRange({ range }: { range: string }) {
  return { range: range === DEFAULT_RANGE ? null : range }
}
