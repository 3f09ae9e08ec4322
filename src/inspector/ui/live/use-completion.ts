'use client'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { type Completion, complete, completionAt } from '../../model/filter/completion.ts'
import { isRare } from '../../model/filter/plan.ts'

export interface Option {
  insert: string
  /** What it is, or how many have it. */
  says: string
  /** Whether an index answers it; where none does, what is stored is looked through. Null where neither is told. */
  isFast: boolean | null
}

const MOST = 12

/** What can be typed next, and the keys that choose among it. `change` says where the caret is then. */
export function useCompletion(typed: string, change: (typed: string, caret: number) => number) {
  const [caret, setCaret] = useState<number | null>(null)
  const [active, setActive] = useState(-1)
  const completion = caret === null ? null : completionAt(typed, caret)
  const options = useOptions(completion).slice(0, MOST)

  const close = () => {
    setCaret(null)
    setActive(-1)
  }
  const choose = (option: Option) => {
    if (!completion) return
    const done = complete(typed, completion, option.insert)
    setCaret(change(done.typed, done.caret))
    setActive(-1)
  }
  /** Returns whether the key was for what is offered. */
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    const chosen = options[active]
    if (event.key === 'Escape' && options.length > 0) close()
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) choose(chosen)
    else if (event.key === 'ArrowDown') setActive((at) => Math.min(at + 1, options.length - 1))
    else if (event.key === 'ArrowUp') setActive((at) => Math.max(at - 1, -1))
    else return false
    event.preventDefault()
    return true
  }
  return {
    options,
    active,
    choose,
    close,
    onKeyDown,
    /** The caret moved, or something was typed before it. */
    look: (at: number | null) => {
      setCaret(at)
      setActive(-1)
    },
  }
}

function useOptions(completion: Completion | null): Option[] {
  const trpc = useTRPC()
  const field = completion === null || completion.of === 'key' ? null : completion.field
  const { data } = useQuery(
    trpc.inspector.filterValues.queryOptions(
      { field: field ?? 'state' },
      { enabled: field !== null, staleTime: 10_000 },
    ),
  )
  if (completion?.of === 'key') return completion.options
  if (!completion) return []
  const after = completion.of === 'path' ? ':' : ''
  const typed = completion.typed.toLowerCase()
  return (data?.values ?? [])
    .filter(({ value }) => value.toLowerCase().includes(typed) && value !== completion.typed)
    .map(({ value, count }) => ({
      insert: value + after,
      says: count === null ? '' : count.toLocaleString('en'),
      isFast: field === 'state' && isRare(value) ? true : null,
    }))
}
