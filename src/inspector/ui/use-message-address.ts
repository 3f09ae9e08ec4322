'use client'
import { useEffect, useState } from 'react'
import { type MessageAddress, writeMessageAddress } from '../model/message-address.ts'

/** What one is at stands in the address: whoever is given it sees the same. */
export function useMessageAddress(asked: MessageAddress) {
  const [address, setAddress] = useState(asked)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, to where the link leads
  useEffect(() => {
    const { deliveryId, attempt } = asked
    if (deliveryId === null) return
    const lane = document.querySelector(`[data-lane="${CSS.escape(deliveryId)}"]`)
    const row = attempt === null ? null : document.querySelector(`[data-attempt="${attempt}"]`)
    ;(row ?? lane)?.scrollIntoView({ block: 'nearest' })
  }, [])
  const change = (changes: Partial<MessageAddress>) => {
    const next = { ...address, ...changes }
    setAddress(next)
    const url = new URL(window.location.href)
    writeMessageAddress(next, url.searchParams)
    window.history.replaceState(window.history.state, '', url)
  }
  return [address, change] as const
}
