'use client'
import { useEffect, useState } from 'react'

/** The time, once a second for as long as something is open; null on the server. */
export function useNow(isOpen: boolean): number | null {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    setNow(Date.now())
    if (!isOpen) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [isOpen])
  return now
}
