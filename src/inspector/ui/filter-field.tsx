'use client'
import { useEffect, useRef } from 'react'

/** Filters what is shown. `/` goes there. */
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
  return (
    <span className="relative max-sm:flex-1">
      <input
        ref={input}
        type="search"
        aria-label="Filter messages"
        placeholder="Name, state, handler or id"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 w-full rounded-md border border-field bg-raised pr-9 pl-3 text-sm placeholder:text-muted sm:w-72"
      />
      {value === '' && (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute top-1.5 right-2 rounded border border-line px-1.5 font-mono text-xs leading-[18px] text-muted max-sm:hidden"
        >
          /
        </span>
      )}
    </span>
  )
}
