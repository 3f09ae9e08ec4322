'use client'
import { useState } from 'react'
import type { LiveAddress } from '../../model/live-address.ts'
import { writeColumns } from '../../model/live-columns.ts'

/** The address of the live list, changed in place: going back leaves the page. */
export function useLiveAddress(first: LiveAddress) {
  const [address, setAddress] = useState(first)
  const change = (changes: Partial<LiveAddress>) => {
    const next = { ...address, ...changes }
    setAddress(next)
    const url = new URL(window.location.href)
    // What nobody chose leaves nothing in the address.
    const put = (name: string, value: string | null) =>
      value === null ? url.searchParams.delete(name) : url.searchParams.set(name, value)
    put('sel', next.sel)
    put('h', next.sel === null ? null : next.h)
    put('panel', next.sel === null || next.panel === 'deliveries' ? null : next.panel)
    put('cols', writeColumns(next.columns))
    put('sort', next.sort)
    put('live', next.isLive ? null : '0')
    window.history.replaceState(null, '', url)
  }
  return { address, change }
}
