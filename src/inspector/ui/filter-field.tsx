'use client'
import { useEffect, useRef } from 'react'

/** Filters what is shown; kept in the address, so that a link shows the same. `/` goes there. */
export function FilterField({ value, onChange }: { value: string; onChange(value: string): void }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement)
        return
      event.preventDefault()
      input.current?.focus()
    }
    window.addEventListener('keydown', focus)
    return () => window.removeEventListener('keydown', focus)
  }, [])
  const change = (typed: string) => {
    onChange(typed)
    const url = new URL(window.location.href)
    if (typed) url.searchParams.set('q', typed)
    else url.searchParams.delete('q')
    window.history.replaceState(null, '', url)
  }
  return (
    <input
      ref={input}
      type="search"
      aria-label="Filter messages"
      placeholder="Filter: name, state, handler, id   /"
      value={value}
      onChange={(event) => change(event.target.value)}
      className="h-8 w-72 max-w-full rounded-md border border-line bg-raised px-3 text-sm placeholder:text-muted"
    />
  )
}
