'use client'
import { useSyncExternalStore } from 'react'

let handed: File | null = null
const listeners = new Set<() => void>()

/** Hands a file from the page on which it was dropped to the one that opens it. */
export function handOver(file: File): void {
  handed = file
  for (const listener of listeners) listener()
}

export function useHandedFile(): File | null {
  return useSyncExternalStore(
    subscribe,
    () => handed,
    () => null,
  )
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
