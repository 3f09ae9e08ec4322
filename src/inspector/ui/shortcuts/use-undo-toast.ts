'use client'
import { useToasts } from '../../../web/components/toasts.tsx'
import { offerUndo } from './newest-undo.ts'

export interface Done {
  description?: string
  undo?: () => void
}

/** Says what was done and, where it can be taken back, offers that: by the toast's button, or by a key. */
export function useUndoToast(): (title: string, done: Done) => void {
  const toasts = useToasts()
  return (title, { description, undo }) => {
    const takeBack = undo && offerUndo(undo)
    toasts.add({ title, description, ...(takeBack && { actionProps: { children: 'Undo', onClick: takeBack } }) })
  }
}
