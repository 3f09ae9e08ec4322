'use client'
import { useEffect, useState } from 'react'
import { MAX_FILTER, type Parsed, parseFilter } from '../../model/filter/parse.ts'

/** Time without a key after which what was typed is asked for. */
const PAUSE_MS = 200

export interface Filter {
  typed: string
  /** What is wrong with what was typed, if anything. */
  fault: Extract<Parsed, { ok: false }> | null
  /** The newest filter that could be read: it holds while another is being typed. */
  valid: string
  change(typed: string): void
}

/** What the list is filtered by; kept in the address, so that a link shows the same. */
export function useFilter(first: string): Filter {
  const [typed, setTyped] = useState(first)
  const [valid, setValid] = useState(() => (parse(first).ok ? first.trim() : ''))
  const parsed = parse(typed)
  const wanted = parsed.ok ? typed.trim() : null
  useEffect(() => {
    if (wanted === null) return
    const timer = setTimeout(() => setValid(wanted), wanted === '' ? 0 : PAUSE_MS)
    return () => clearTimeout(timer)
  }, [wanted])
  const change = (next: string) => {
    setTyped(next)
    const url = new URL(window.location.href)
    if (next) url.searchParams.set('q', next)
    else url.searchParams.delete('q')
    window.history.replaceState(null, '', url)
  }
  return { typed, fault: parsed.ok ? null : parsed, valid, change }
}

function parse(typed: string): Parsed {
  if (typed.length > MAX_FILTER) return { ok: false, at: MAX_FILTER, message: 'This filter is too long.' }
  return parseFilter(typed)
}
