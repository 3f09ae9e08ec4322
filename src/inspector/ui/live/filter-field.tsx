'use client'
import clsx from 'clsx'
import { X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ClipboardEvent, type KeyboardEvent, useId, useLayoutEffect, useRef } from 'react'
import { chipped, editing, finished, typedInto, withoutChip } from '../../model/filter/chips.ts'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'
import { CompletionList } from './completion-list.tsx'
import { FilterChips } from './filter-chips.tsx'
import { useCompletion } from './use-completion.ts'
import type { Filter } from './use-filter.ts'

/**
 * Filters what is shown. `/` goes there. What is finished becomes a chip; what cannot be read is marked where it goes
 * wrong.
 */
export function FilterField({ filter }: { filter: Filter }) {
  const { shown, typed, fault, edit } = filter
  const { chips, draft } = shown
  const input = useRef<HTMLInputElement>(null)
  const field = useRef<HTMLDivElement>(null)
  const caret = useRef<number | null>(null)
  const listId = useId()
  const type = (next: string, at: number): number => {
    const changed = typedInto(shown, next, at)
    edit(changed)
    return Math.max(0, at - (next.length - changed.draft.length))
  }
  const completion = useCompletion(draft, (next, at) => {
    caret.current = type(next, at)
    return caret.current
  })
  const isOffering = completion.options.length > 0
  const faultAt = fault ? fault.at - (typed.length - draft.length) : -1
  // What was completed is drawn first: then the caret has where to go.
  useLayoutEffect(() => {
    if (caret.current === null) return
    input.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  })
  const focus = () => input.current?.focus()
  useShortcuts('messages', { filter: focus })
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (completion.onKeyDown(event)) return
    const { selectionStart, selectionEnd } = event.currentTarget
    const isAtStart = selectionStart === 0 && selectionEnd === 0
    if (event.key === 'Enter') edit(finished(shown))
    else if (event.key === 'Backspace' && isAtStart) edit(withoutChip(shown, chips.length - 1))
    else if (event.key === 'ArrowLeft' && isAtStart)
      field.current?.querySelector<HTMLElement>('li:last-child [data-chip]')?.focus()
  }
  return (
    <div className="relative min-w-0 flex-1">
      <div
        ref={field}
        className={clsx(
          'flex max-h-32 min-h-8 flex-wrap items-center gap-1 overflow-y-auto rounded-md border bg-raised py-0.5 pr-9 pl-1.5',
          'has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent',
          fault ? 'border-danger' : 'border-field',
        )}
      >
        <FilterChips
          chips={chips}
          onEdit={(index) => {
            edit(editing(shown, index))
            focus()
          }}
          onRemove={(index) => edit(withoutChip(shown, index))}
          onLeave={focus}
        />
        <div className="relative min-w-32 flex-1">
          {fault && <Mark draft={draft} at={faultAt} />}
          <input
            ref={input}
            type="search"
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={isOffering}
            aria-controls={isOffering ? listId : undefined}
            aria-activedescendant={completion.active >= 0 ? `${listId}-${completion.active}` : undefined}
            aria-label="Filter messages"
            aria-invalid={fault !== null}
            aria-describedby={fault ? 'filter-fault' : undefined}
            placeholder={
              chips.length === 0 ? 'type:accounts.* state:dead, an id, a key, or words of an error' : undefined
            }
            spellCheck={false}
            autoComplete="off"
            value={draft}
            onChange={({ currentTarget }) => {
              const { value, selectionStart } = currentTarget
              completion.look(type(value, selectionStart ?? value.length))
            }}
            onPaste={usePastedId(typed)}
            onFocus={({ currentTarget }) => completion.look(currentTarget.selectionStart)}
            onClick={({ currentTarget }) => completion.look(currentTarget.selectionStart)}
            onBlur={() => {
              completion.close()
              edit(finished(shown))
            }}
            onKeyDown={onKeyDown}
            className="relative block h-6 w-full bg-transparent px-1.5 font-mono text-sm outline-none placeholder:font-sans placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
          />
        </div>
      </div>
      {typed === '' ? (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute top-1.5 right-2 rounded border border-line px-1.5 font-mono text-xs leading-[18px] text-muted max-sm:hidden"
        >
          /
        </span>
      ) : (
        <button
          type="button"
          aria-label="Clear all filters"
          onClick={() => {
            edit(chipped(''))
            focus()
          }}
          className="absolute top-1 right-1.5 flex size-6 items-center justify-center text-muted hover:text-ink"
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
      {fault && (
        <p id="filter-fault" className="mt-1 pl-3 text-sm text-danger">
          {fault.message} Until it can be read, the list stays as it was.
        </p>
      )}
      {isOffering && (
        <CompletionList
          id={listId}
          options={completion.options}
          active={completion.active}
          onChoose={completion.choose}
        />
      )}
    </div>
  )
}

/** Lies behind the text, and marks the character at which it goes wrong. */
function Mark({ draft, at }: { draft: string; at: number }) {
  return (
    <span
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 overflow-hidden px-1.5 font-mono text-sm leading-6 whitespace-pre text-transparent"
    >
      {draft.slice(0, at)}
      <mark className="border-b-2 border-danger bg-[color-mix(in_srgb,var(--danger)_25%,transparent)] text-transparent">
        {draft[at] ?? ' '}
      </mark>
    </span>
  )
}

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** An id that is pasted where nothing else stands is one that somebody wants to go to. */
function usePastedId(typed: string) {
  const router = useRouter()
  return (event: ClipboardEvent<HTMLInputElement>) => {
    const id = event.clipboardData.getData('text').trim()
    if (typed !== '' || !ID.test(id)) return
    event.preventDefault()
    router.push(`/inspector/go/${id}`)
  }
}
