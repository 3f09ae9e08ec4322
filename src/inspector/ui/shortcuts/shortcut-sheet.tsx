'use client'
import { Suspense, useState } from 'react'
import { whenWanted } from '../when-wanted.ts'
import { useShortcuts } from './use-shortcuts.ts'

const { Part: ShortcutDialog, preload } = whenWanted(async () => (await import('./shortcut-dialog.tsx')).ShortcutDialog)

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
        onPointerEnter={preload}
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
