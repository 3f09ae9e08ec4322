'use client'
import { Dialog } from '@base-ui/react/dialog'
import { useState } from 'react'
import { Button } from '../../web/components/button.tsx'
import type { Staging } from '../model/operation.ts'
import type { Selection } from '../operation-messages.ts'
import { onlyOperators } from './only-operators.ts'
import { OperationForm } from './operation-form.tsx'

interface Props {
  kind: 'retry' | 'discard'
  selection: Selection
  mayAct: boolean
  /** Of a retry: the stages that are proposed. */
  staging?: Staging
  /** One of a row: the row's key opens it, too. */
  isOfRow?: boolean
  children: string
}

/** Asks before many are touched: how many exactly, as of when, and how fast. */
export function OperationDialog({ kind, selection, staging, mayAct, isOfRow = false, children }: Props) {
  const [isOpen, setOpen] = useState(false)
  const look = { variant: kind === 'retry' ? 'quiet' : 'danger', size: 'small' } as const
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger
        data-retry={(isOfRow && kind === 'retry') || undefined}
        render={<Button {...look} disabled={!mayAct} title={onlyOperators(mayAct)} className="shrink-0" />}
      >
        {children}
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[min(520px,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-md border border-field bg-raised p-6 outline-none">
          <Dialog.Title className="text-lg font-semibold">
            {kind === 'retry' ? 'Retry dead letters?' : 'Discard dead letters?'}
          </Dialog.Title>
          <OperationForm kind={kind} selection={selection} staging={staging} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
