'use client'
import clsx from 'clsx'
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { byGroup, type Command } from '../../model/palette.ts'
import { PALETTE_FIELD } from './looks.ts'
import { useCommands } from './use-commands.ts'

interface Props {
  typed: string
  onType(typed: string): void
  /** Whether its field is there, and has the focus. */
  onThere(isThere: boolean): void
  onDone(): void
}

/** A field and what fits it: ↑ ↓ choose, Enter runs. */
export function PaletteList({ typed, onType, onThere, onDone }: Props) {
  const field = useRef<HTMLInputElement>(null)
  // By what it is, not by where: what comes in later must not slip under the chosen place.
  const [chosen, setChosen] = useState<string | null>(null)
  const id = useId()
  // Before anything else can be pressed: what was typed ahead goes on here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as it appears
  useLayoutEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(typed.length, typed.length)
    onThere(true)
    return () => onThere(false)
  }, [])
  const groups = byGroup(useCommands(typed))
  const commands = groups.flatMap(([, each]) => each)
  const current = Math.max(
    0,
    commands.findIndex((each) => keyOf(each) === chosen),
  )
  const run = (command: Command | undefined) => {
    if (!command) return
    onDone()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && commands.length > 0) {
      event.preventDefault()
      setChosen(keyOf(commands[(current + step + commands.length) % commands.length]!))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(commands[current])
    }
  }
  return (
    <>
      <input
        {...PALETTE_FIELD}
        role="combobox"
        ref={field}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={commands.length > 0 ? `${id}-${current}` : undefined}
        value={typed}
        onChange={(event) => {
          onType(event.target.value)
          setChosen(null)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label="What fits" className="overflow-y-auto p-1.5">
        {groups.map(([group, each]) => (
          <div key={group} role="group" aria-label={group}>
            <p aria-hidden="true" className="px-2.5 pt-2 pb-1 text-xs text-muted">
              {group}
            </p>
            {each.map((command) => {
              const index = commands.indexOf(command)
              return (
                <div
                  key={keyOf(command)}
                  id={`${id}-${index}`}
                  ref={index === current ? bringIntoView : undefined}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === current}
                  onPointerMove={() => setChosen(keyOf(command))}
                  onClick={() => run(command)}
                  onKeyDown={onKeyDown}
                  className={clsx(
                    'flex cursor-pointer items-baseline gap-3 rounded px-2.5 py-1.5 text-sm',
                    index === current && 'bg-tint',
                  )}
                >
                  <span className="min-w-0 truncate">
                    <ForeignText text={command.title} />
                  </span>
                  {command.hint && (
                    <span className="ml-auto min-w-0 truncate pl-4 font-mono text-xs text-muted">
                      <ForeignText text={command.hint} />
                    </span>
                  )}
                </div>
              )
            })}
          </div>
        ))}
        {commands.length === 0 && <p className="px-2.5 py-4 text-sm text-muted">Nothing fits.</p>}
      </div>
    </>
  )
}

function keyOf({ group, title, hint }: Command): string {
  return `${group} ${title} ${hint ?? ''}`
}

function bringIntoView(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' })
}
