'use client'
import { Columns3 } from 'lucide-react'
import { useState } from 'react'
import type { LiveColumn } from '../../model/live-columns.ts'
import { whenWanted } from '../when-wanted.ts'
import { PopoverButton } from './popover-button.tsx'

const { Part: ColumnChoice, preload } = whenWanted(async () => (await import('./column-choice.tsx')).ColumnChoice)

interface Props {
  columns: readonly LiveColumn[]
  onChange(columns: readonly LiveColumn[]): void
  onOpenChange(isOpen: boolean): void
}

/** Chooses what the list shows of each message. */
export function ColumnMenu({ columns, onChange, onOpenChange }: Props) {
  const [isOpen, setOpen] = useState(false)
  const open = (isOpen: boolean) => {
    setOpen(isOpen)
    onOpenChange(isOpen)
  }
  return (
    <PopoverButton
      isOpen={isOpen}
      onOpenChange={open}
      preload={preload}
      className="max-sm:hidden"
      label={
        <>
          <Columns3 size={14} aria-hidden="true" /> Columns
        </>
      }
    >
      {(button) => <ColumnChoice columns={columns} onChange={onChange} button={button} onOpenChange={open} />}
    </PopoverButton>
  )
}
