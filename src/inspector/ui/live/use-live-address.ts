'use client'
import { readLiveAddress, writeLiveAddress } from '../../model/live-address.ts'
import { useInAddress } from '../use-in-address.ts'

/** The address of the live list, changed in place: going back leaves the page. */
export function useLiveAddress() {
  const [address, change] = useInAddress(readLiveAddress, writeLiveAddress)
  return { address, change }
}
