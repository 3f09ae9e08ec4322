'use client'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { PaletteList } from './palette-list.tsx'

/** Opens from anywhere with ⌘K or Ctrl-K: goes to any id, page or view, acts on what is selected, sets how it looks. */
export function Palette() {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const toggle = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      setOpen((known) => !known)
    }
    window.addEventListener('keydown', toggle)
    return () => window.removeEventListener('keydown', toggle)
  }, [])
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger className="flex h-8 min-w-0 items-center gap-2 rounded-md border border-field bg-raised px-2.5 text-sm text-muted hover:border-muted hover:text-ink">
        <Search size={14} aria-hidden="true" className="shrink-0" />
        <span className="max-lg:sr-only">Go to any id, page, action</span>
        <span
          aria-hidden="true"
          className="rounded border border-line px-1 font-mono text-xs leading-[18px] max-lg:hidden"
        >
          ⌘K
        </span>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed top-[12dvh] left-1/2 z-50 flex max-h-[70dvh] w-[min(640px,calc(100vw-2rem))] -translate-x-1/2 flex-col overflow-hidden rounded-md border border-line bg-raised">
          <Dialog.Title className="sr-only">Palette</Dialog.Title>
          <PaletteList onDone={() => setOpen(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
