'use client'
import { useSyncExternalStore } from 'react'

const NARROW = '(width < 40rem)'

/** Whether the page is as narrow as a phone; the server takes it for wide. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    follow,
    () => matchMedia(NARROW).matches,
    () => false,
  )
}

function follow(listener: () => void): () => void {
  const query = matchMedia(NARROW)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
