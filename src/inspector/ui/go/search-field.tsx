'use client'
import { useRouter } from 'next/navigation'
import type { FormEvent } from 'react'
import { goTo } from '../../model/lookup.ts'

/** Takes whatever one holds in one's hand: an id, a key, an address, a piece of an error. */
export function SearchField({ first = '' }: { first?: string }) {
  const router = useRouter()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = new FormData(event.currentTarget).get('text')
    if (typeof text === 'string' && text.trim() !== '') router.push(goTo(text))
  }
  return (
    <form role="search" onSubmit={submit} className="w-full sm:w-auto">
      <input
        type="search"
        name="text"
        key={first}
        defaultValue={first}
        aria-label="Go to any id"
        placeholder="Any id, key, e-mail or error"
        className="h-8 w-full rounded-md border border-field bg-raised px-3 text-sm placeholder:text-muted sm:w-96"
      />
    </form>
  )
}
