'use client'
import { useCallback, useEffect, useState } from 'react'
import { type MapAddress, readAddress, writeAddress } from '../../model/topology/address.ts'

/** How the map is looked at, as its address says, and back: a link shows the same. */
export function useMapAddress(first: string) {
  const [address, setAddress] = useState(() => readAddress(new URLSearchParams(first)))
  const change = useCallback((changes: Partial<MapAddress>) => setAddress((known) => ({ ...known, ...changes })), [])
  useEffect(() => {
    const url = new URL(window.location.href)
    writeAddress(url.searchParams, address)
    if (url.href !== window.location.href) window.history.replaceState(window.history.state, '', url)
  }, [address])
  return { address, change }
}
