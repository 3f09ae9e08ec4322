'use client'
import { useEffect, useState } from 'react'
import { type Chipped, chipped, writtenOf } from '../../model/filter/chips.ts'
import { MAX_FILTER, type Parsed, parseFilter } from '../../model/filter/parse.ts'
import { useInAddress } from '../use-in-address.ts'

/** Time without a key after which what was typed is asked for. */
const PAUSE_MS = 200

export interface Filter {
  /** As its field shows it. */
  shown: Chipped
  /** All of it, as it is written. */
  typed: string
  /** What is wrong with what was typed, if anything. */
  fault: Extract<Parsed, { ok: false }> | null
  /** The newest filter that could be read: it holds while another is being typed. */
  valid: string
  /** Another one, from elsewhere. */
  change(typed: string): void
  /** What was done to it in its field. */
  edit(shown: Chipped): void
}

/** What the list is filtered by; kept in the address, so that a link shows the same. */
export function useFilter(): Filter {
  const [{ shown }, change] = useInAddress(readFilter, writeFilter)
  const typed = writtenOf(shown)
  const [valid, setValid] = useState(() => (parse(typed).ok ? typed.trim() : ''))
  const parsed = parse(typed)
  const wanted = parsed.ok ? typed.trim() : null
  useEffect(() => {
    if (wanted === null) return
    const timer = setTimeout(() => setValid(wanted), wanted === '' ? 0 : PAUSE_MS)
    return () => clearTimeout(timer)
  }, [wanted])
  const edit = (next: Chipped) => {
    change({ shown: next })
    const written = writtenOf(next)
    // What is finished holds at once, also where what is typed after it cannot be read.
    if (next.chips.join(' ') !== shown.chips.join(' ') && parse(written).ok) setValid(written.trim())
  }
  return { shown, typed, fault: parsed.ok ? null : parsed, valid, change: (next) => edit(chipped(next)), edit }
}

function readFilter(query: URLSearchParams) {
  return { shown: chipped(query.get('q') ?? '') }
}

function writeFilter({ shown }: { shown: Chipped }) {
  return { q: writtenOf(shown) || null }
}

function parse(typed: string): Parsed {
  if (typed.length > MAX_FILTER) return { ok: false, at: MAX_FILTER, message: 'This filter is too long.' }
  return parseFilter(typed)
}
