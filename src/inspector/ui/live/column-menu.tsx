'use client'
import { Columns3 } from 'lucide-react'
import type { LiveColumn } from '../../model/live-columns.ts'
import { whenWanted } from '../when-wanted.ts'
import { PopoverButton } from './popover-button.tsx'

const { Part: ColumnChoice, preload } = whenWanted(async () => (await import('./column-choice.tsx')).ColumnChoice)

interface Props {
  columns: readonly LiveColumn[]
  onChange(columns: readonly LiveColumn[]): void
  isOpen: boolean
  onOpenChange(isOpen: boolean): void
}

/** Chooses what the list shows of each message. */
export function ColumnMenu({ columns, onChange, isOpen, onOpenChange }: Props) {
  return (
    <PopoverButton
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      preload={preload}
      className="max-sm:hidden"
      label={
        <>
          <Columns3 size={14} aria-hidden="true" /> Columns
        </>
      }
    >
      {(button) => <ColumnChoice columns={columns} onChange={onChange} button={button} onOpenChange={onOpenChange} />}
    </PopoverButton>
  )
}
