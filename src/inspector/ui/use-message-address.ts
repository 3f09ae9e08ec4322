'use client'
import { useEffect } from 'react'
import { type MessageAddress, writeMessageAddress } from '../model/message-address.ts'
import { useInAddress } from './use-in-address.ts'

/** What one is at stands in the address: whoever is given it sees the same. */
export function useMessageAddress(asked: MessageAddress) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, to where the link leads
  useEffect(() => {
    const { deliveryId, attempt } = asked
    if (deliveryId === null) return
    const lane = document.querySelector(`[data-lane="${CSS.escape(deliveryId)}"]`)
    const row = attempt === null ? null : document.querySelector(`[data-attempt="${attempt}"]`)
    ;(row ?? lane)?.scrollIntoView({ block: 'nearest' })
  }, [])
  return useInAddress(asked, writeMessageAddress)
}
