'use client'
import { type LiveAddress, writeLiveAddress } from '../../model/live-address.ts'
import { useInAddress } from '../use-in-address.ts'

/** The address of the live list, changed in place: going back leaves the page. */
export function useLiveAddress(first: LiveAddress) {
  const [address, change] = useInAddress(first, writeLiveAddress)
  return { address, change }
}
