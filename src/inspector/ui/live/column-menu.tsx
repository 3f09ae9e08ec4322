'use client'
import { Columns3 } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import type { LiveColumn } from '../../model/live-columns.ts'

const load = () => import('./column-choice.tsx')
const ColumnChoice = lazy(async () => ({ default: (await load()).ColumnChoice }))

interface Props {
  columns: readonly LiveColumn[]
  onChange(columns: readonly LiveColumn[]): void
}

/** Chooses what the list shows of each message. */
export function ColumnMenu({ columns, onChange }: Props) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button
        ref={button}
        variant="quiet"
        size="small"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={() => void load()}
        onClick={() => setOpen((known) => !known)}
        className="max-sm:hidden"
      >
        <Columns3 size={14} aria-hidden="true" /> Columns
      </Button>
      {isOpen && (
        <Suspense>
          <ColumnChoice columns={columns} onChange={onChange} button={button} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  )
}
