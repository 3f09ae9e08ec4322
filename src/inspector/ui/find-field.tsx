'use client'
import { useInAddress } from './use-in-address.ts'

const LONGEST = 100

/** What somebody looks for in a list; in the address, so that a link shows the same. */
export function useFind() {
  const [{ words }, change] = useInAddress(readWords, writeWords)
  const find = (typed: string) => change({ words: typed })
  const wanted = words.trim().toLowerCase()
  return { words, find, isFound: (text: string) => text.toLowerCase().includes(wanted) }
}

function readWords(query: URLSearchParams) {
  return { words: query.get('q')?.slice(0, LONGEST) ?? '' }
}

function writeWords({ words }: { words: string }) {
  return { q: words.trim() || null }
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
      maxLength={LONGEST}
      onChange={({ currentTarget }) => find(currentTarget.value)}
      className="h-8 w-48 rounded-md border border-field bg-raised px-3 text-sm placeholder:text-muted"
    />
  )
}
