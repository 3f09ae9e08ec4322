'use client'
import { useCallback, useEffect, useState } from 'react'
import { type ConversationAddress, readAddress, writeAddress } from '../../model/timeline/address.ts'
import { putInAddress } from '../put-in-address.ts'

export type ChangeAddress = (change: Partial<ConversationAddress>) => void

/** While one drags, browsers refuse an address that changes with every frame. */
const WRITE_AFTER_MS = 200

/** How the page is looked at, as its address says, and back: a link shows the same. */
export function useAddress(first: string): [ConversationAddress, ChangeAddress] {
  const [address, setAddress] = useState(() => readAddress(new URLSearchParams(first)))
  const change = useCallback<ChangeAddress>((changes) => setAddress((known) => ({ ...known, ...changes })), [])
  useEffect(() => {
    const timer = setTimeout(() => putInAddress(writeAddress(address)), WRITE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [address])
  return [address, change]
}
