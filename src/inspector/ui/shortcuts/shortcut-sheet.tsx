'use client'
import { lazy, Suspense, useState } from 'react'
import { useShortcuts } from './use-shortcuts.ts'

const load = () => import('./shortcut-dialog.tsx')
const ShortcutDialog = lazy(async () => ({ default: (await load()).ShortcutDialog }))

/** Lists the keys of the screen one is on. `?` opens it. */
export function ShortcutSheet() {
  const [isOpen, setOpen] = useState(false)
  const [isWanted, setWanted] = useState(false)
  if (isOpen && !isWanted) setWanted(true)
  useShortcuts('everywhere', { help: () => setOpen(true) })
  return (
    <>
      <button
        type="button"
        title="Keys (?)"
        aria-label="Keys"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={() => void load()}
        onClick={() => setOpen(true)}
        className="flex size-7 items-center justify-center rounded border border-line font-mono text-xs text-muted hover:border-muted hover:text-ink max-sm:hidden"
      >
        ?
      </button>
      {isWanted && (
        <Suspense>
          <ShortcutDialog isOpen={isOpen} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  )
}
