'use client'
import { useState } from 'react'

/** What the list is filtered by; kept in the address, so that a link shows the same. */
export function useFilter(first: string): [filter: string, change: (typed: string) => void] {
  const [filter, setFilter] = useState(first)
  const change = (typed: string) => {
    setFilter(typed)
    const url = new URL(window.location.href)
    if (typed) url.searchParams.set('q', typed)
    else url.searchParams.delete('q')
    window.history.replaceState(null, '', url)
  }
  return [filter, change]
}
