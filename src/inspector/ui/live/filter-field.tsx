'use client'
import clsx from 'clsx'
import { useId, useLayoutEffect, useRef } from 'react'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'
import { CompletionList } from './completion-list.tsx'
import { useCompletion } from './use-completion.ts'
import type { Filter } from './use-filter.ts'

/** Filters what is shown. `/` goes there. What cannot be read is marked where it goes wrong. */
export function FilterField({ filter: { typed, fault, change } }: { filter: Filter }) {
  const input = useRef<HTMLInputElement>(null)
  const caret = useRef<number | null>(null)
  const listId = useId()
  const completion = useCompletion(typed, (next, at) => {
    caret.current = at
    change(next)
  })
  const isOffering = completion.options.length > 0
  // What was completed is drawn first: then the caret has where to go.
  useLayoutEffect(() => {
    if (caret.current === null) return
    input.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  })
  useShortcuts('messages', { filter: () => input.current?.focus() })
  return (
    <div className="min-w-0 flex-1">
      <div className="relative">
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
          placeholder="type:accounts.* state:dead, an id, a key, or words of an error"
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={({ currentTarget }) => {
            change(currentTarget.value)
            completion.look(currentTarget.selectionStart)
          }}
          onFocus={({ currentTarget }) => completion.look(currentTarget.selectionStart)}
          onClick={({ currentTarget }) => completion.look(currentTarget.selectionStart)}
          onBlur={completion.close}
          onKeyDown={completion.onKeyDown}
          className={clsx(
            'h-8 w-full rounded-md border bg-raised pr-9 pl-3 font-mono text-sm placeholder:font-sans placeholder:text-muted',
            fault ? 'border-danger' : 'border-field',
          )}
        />
        {typed === '' && (
          <span
            aria-hidden="true"
            className="pointer-events-none absolute top-1.5 right-2 rounded border border-line px-1.5 font-mono text-xs leading-[18px] text-muted max-sm:hidden"
          >
            /
          </span>
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
      {fault && (
        <p id="filter-fault" className="mt-1 pl-3 text-sm text-danger">
          <span aria-hidden="true" className="block overflow-hidden font-mono leading-none whitespace-pre">
            {' '.repeat(fault.at)}↑
          </span>
          {fault.message} Until it can be read, the list stays as it was.
        </p>
      )}
    </div>
  )
}
