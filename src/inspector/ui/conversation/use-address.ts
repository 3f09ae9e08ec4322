'use client'
import { type ConversationAddress, readAddress, writeAddress } from '../../model/timeline/address.ts'
import { useInAddress } from '../use-in-address.ts'

export type ChangeAddress = (change: Partial<ConversationAddress>) => void

/** While one drags, browsers refuse an address that changes with every frame. */
const WRITE_AFTER_MS = 200

/** How the page is looked at, as its address says, and back: a link shows the same. */
export function useAddress() {
  return useInAddress(readAddress, writeAddress, WRITE_AFTER_MS)
}
