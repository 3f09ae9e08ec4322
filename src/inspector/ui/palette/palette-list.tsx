'use client'
import clsx from 'clsx'
import { type KeyboardEvent, useId, useState } from 'react'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { byGroup, type Command } from '../../model/palette.ts'
import { useCommands } from './use-commands.ts'

/** A field and what fits it: ↑ ↓ choose, Enter runs. */
export function PaletteList({ onDone }: { onDone(): void }) {
  const [typed, setTyped] = useState('')
  // By what it is, not by where: what comes in later must not slip under the chosen place.
  const [chosen, setChosen] = useState<string | null>(null)
  const id = useId()
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
        type="text"
        role="combobox"
        aria-label="Go to any id, page or action"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={commands.length > 0 ? `${id}-${current}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder="An id, a key, an e-mail, an error, a page, an action"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setChosen(null)
        }}
        onKeyDown={onKeyDown}
        className="h-12 shrink-0 border-b border-line bg-transparent px-4 outline-none placeholder:text-muted focus-visible:outline-none"
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
