'use client'
import { Search } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'

const load = () => import('./palette-dialog.tsx')
const PaletteDialog = lazy(async () => ({ default: (await load()).PaletteDialog }))

/** Opens from anywhere with ⌘K or Ctrl-K: goes to any id, page or view, acts on what is selected, sets how it looks. */
export function Palette() {
  const [isOpen, setOpen] = useState(false)
  // What is behind it comes when it is wanted: most pages are read without it.
  const [isWanted, setWanted] = useState(false)
  if (isOpen && !isWanted) setWanted(true)
  useShortcuts('everywhere', { palette: () => setOpen((known) => !known), look: () => setOpen(true) })
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={() => void load()}
        onClick={() => setOpen(true)}
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
      {isWanted && (
        <Suspense>
          <PaletteDialog isOpen={isOpen} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  )
}
