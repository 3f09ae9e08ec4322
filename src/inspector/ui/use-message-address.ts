'use client'
import { useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { readMessageAddress, writeMessageAddress } from '../model/message-address.ts'
import { useInAddress } from './use-in-address.ts'

/** What one is at stands in the address: whoever is given it sees the same. */
export function useMessageAddress() {
  const query = useSearchParams()
  // To where the link leads.
  useEffect(() => {
    const { deliveryId, attempt } = readMessageAddress(query)
    if (deliveryId === null) return
    const lane = document.querySelector(`[data-lane="${CSS.escape(deliveryId)}"]`)
    const row = attempt === null ? null : document.querySelector(`[data-attempt="${attempt}"]`)
    ;(row ?? lane)?.scrollIntoView({ block: 'nearest' })
  }, [query])
  return useInAddress(readMessageAddress, writeMessageAddress)
}
