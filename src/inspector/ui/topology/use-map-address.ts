'use client'
import { readAddress, writeAddress } from '../../model/topology/address.ts'
import { useInAddress } from '../use-in-address.ts'

/** How the map is looked at, as its address says, and back: a link shows the same. */
export function useMapAddress() {
  const [address, change] = useInAddress(readAddress, writeAddress)
  return { address, change }
}
