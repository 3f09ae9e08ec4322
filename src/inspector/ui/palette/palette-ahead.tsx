'use client'
import type { KeyboardEvent } from 'react'
import { createPortal } from 'react-dom'
import { PALETTE_BACKDROP, PALETTE_FIELD, PALETTE_POPUP } from './looks.ts'

interface Props {
  typed: string
  onType(typed: string): void
  onClose(): void
}

/** The field of the palette while its code is on the way: what is typed into it acts on nothing behind it. */
export function PaletteAhead({ typed, onType, onClose }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    // There is nothing else to go to yet.
    else if (event.key !== 'Tab') return
    event.preventDefault()
  }
  return createPortal(
    <>
      <div aria-hidden="true" onClick={onClose} className={PALETTE_BACKDROP} />
      <div role="dialog" aria-modal="true" aria-label="Palette" className={PALETTE_POPUP}>
        <input
          {...PALETTE_FIELD}
          role="combobox"
          aria-expanded="false"
          ref={(field) => field?.focus()}
          value={typed}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
    </>,
    document.body,
  )
}
