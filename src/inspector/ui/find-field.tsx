'use client'
import { useState } from 'react'
import { putInAddress } from './put-in-address.ts'

/** What somebody looks for in a list; in the address, so that a link shows the same. */
export function useFind(first: string) {
  const [words, setWords] = useState(first)
  const find = (typed: string) => {
    setWords(typed)
    putInAddress({ q: typed.trim() || null })
  }
  const wanted = words.trim().toLowerCase()
  return { words, find, isFound: (text: string) => text.toLowerCase().includes(wanted) }
}

interface Props {
  label: string
  search: Pick<ReturnType<typeof useFind>, 'words' | 'find'>
}

export function FindField({ label, search: { words, find } }: Props) {
  return (
    <input
      type="search"
      aria-label={label}
      placeholder={label}
      value={words}
      maxLength={100}
      onChange={({ currentTarget }) => find(currentTarget.value)}
      className="h-8 w-48 rounded-md border border-field bg-raised px-3 text-sm placeholder:text-muted"
    />
  )
}
