'use client'
import { Dialog } from '@base-ui/react/dialog'
import { PaletteList } from './palette-list.tsx'

interface Props {
  isOpen: boolean
  onOpenChange(isOpen: boolean): void
}

export function PaletteDialog({ isOpen, onOpenChange }: Props) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed top-[12dvh] left-1/2 z-50 flex max-h-[70dvh] w-[min(640px,calc(100vw-2rem))] -translate-x-1/2 flex-col overflow-hidden rounded-md border border-line bg-raised">
          <Dialog.Title className="sr-only">Palette</Dialog.Title>
          <PaletteList onDone={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
