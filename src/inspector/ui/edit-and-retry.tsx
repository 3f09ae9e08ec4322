'use client'
import { Dialog } from '@base-ui/react/dialog'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../web/components/button.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import { toEditable } from '../model/editable-body.ts'
import type { LaneView } from '../model/view.ts'
import { BodyEditor } from './body-editor.tsx'
import { onlyOperators } from './only-operators.ts'

interface Props {
  lane: LaneView
  mayAct: boolean
}

/** Sends the message again with another body, to the handler that failed. */
export function EditAndRetry({ lane, mayAct }: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger render={<Button variant="quiet" size="small" disabled={!mayAct} title={onlyOperators(mayAct)} />}>
        Edit and retry
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[min(720px,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-md border border-field bg-raised p-6 outline-none">
          <Dialog.Title className="text-lg font-semibold">Edit and retry</Dialog.Title>
          <Dialog.Description className="mt-1 mb-4 text-sm text-muted">
            A new message, linked to this one, goes to {lane.subscription} alone; this delivery is resolved by it. What
            is masked stays as it is unless you replace it.
          </Dialog.Description>
          <LoadedEditor lane={lane} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function LoadedEditor({ lane: { messageId, deliveryId } }: { lane: LaneView }) {
  const trpc = useTRPC()
  const { data, error } = useQuery(trpc.inspector.payload.queryOptions({ id: messageId }))
  if (error) return <p className="text-sm text-danger">{error.message}</p>
  if (!data) return <p className="text-sm text-muted">Reading the message…</p>
  return <BodyEditor deliveryId={deliveryId} initial={toEditable(JSON.parse(data))} />
}
