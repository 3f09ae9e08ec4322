'use client'
import { useToasts } from '../../../web/components/toasts.tsx'
import { offerUndo } from './newest-undo.ts'

/** Says what was done and, where it can be taken back, offers that: by the toast's button, or by a key. */
export function useUndoToast(): (title: string, undo?: () => void) => void {
  const toasts = useToasts()
  return (title, undo) => {
    const takeBack = undo && offerUndo(undo)
    toasts.add({ title, ...(takeBack && { actionProps: { children: 'Undo', onClick: takeBack } }) })
  }
}
