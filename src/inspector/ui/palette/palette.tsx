'use client'
import { Search } from 'lucide-react'
import { Suspense, useRef, useState } from 'react'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'
import { whenWanted } from '../when-wanted.ts'
import { PaletteAhead } from './palette-ahead.tsx'

const { Part: PaletteDialog, preload } = whenWanted(async () => (await import('./palette-dialog.tsx')).PaletteDialog)

/** Opens from anywhere with ⌘K or Ctrl-K: goes to any id, page or view, acts on what is selected, sets how it looks. */
export function Palette() {
  const [isOpen, setOpen] = useState(false)
  // What is behind it comes when it is wanted: most pages are read without it.
  const [isWanted, setWanted] = useState(false)
  if (isOpen && !isWanted) setWanted(true)
  const [isThere, setThere] = useState(false)
  const [typed, setTyped] = useState('')
  const cameFrom = useRef<Element | null>(null)
  const change = (next: boolean) => {
    if (next && !isOpen) cameFrom.current = document.activeElement
    setOpen(next)
    setTyped('')
  }
  useShortcuts('everywhere', { palette: () => change(!isOpen), look: () => change(true) })
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={preload}
        onClick={() => change(true)}
        className="flex h-8 min-w-0 items-center gap-2 rounded-md border border-field bg-raised px-2.5 text-sm text-muted hover:border-muted hover:text-ink"
      >
        <Search size={14} aria-hidden="true" className="shrink-0" />
        <span className="max-lg:sr-only">Go to any id, page, action</span>
        <span
          aria-hidden="true"
          className="rounded border border-line px-1 font-mono text-xs leading-[18px] max-lg:hidden"
        >
          ⌘K
        </span>
      </button>
      {isOpen && !isThere && <PaletteAhead typed={typed} onType={setTyped} onClose={() => change(false)} />}
      {isWanted && (
        <Suspense>
          <PaletteDialog
            isOpen={isOpen}
            typed={typed}
            cameFrom={cameFrom}
            onType={setTyped}
            onThere={setThere}
            onOpenChange={change}
          />
        </Suspense>
      )}
    </>
  )
}
