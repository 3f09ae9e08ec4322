'use client'
import { Dialog } from '@base-ui/react/dialog'
import type { RefObject } from 'react'
import { PALETTE_BACKDROP, PALETTE_POPUP } from './looks.ts'
import { PaletteList } from './palette-list.tsx'

interface Props {
  isOpen: boolean
  typed: string
  /** Had the focus before, and has it again after. */
  cameFrom: RefObject<Element | null>
  onType(typed: string): void
  /** Whether its field is there, and has the focus. */
  onThere(isThere: boolean): void
  onOpenChange(isOpen: boolean): void
}

export function PaletteDialog({ isOpen, typed, cameFrom, onType, onThere, onOpenChange }: Props) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={PALETTE_BACKDROP} />
        <Dialog.Popup
          finalFocus={() => (cameFrom.current instanceof HTMLElement ? cameFrom.current : true)}
          className={PALETTE_POPUP}
        >
          <Dialog.Title className="sr-only">Palette</Dialog.Title>
          <PaletteList typed={typed} onType={onType} onThere={onThere} onDone={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
