import { Dialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'

/** A short question in the middle of the screen, with all else behind it. */
export function DialogPopup({ children }: { children: ReactNode }) {
  return (
    <Dialog.Portal>
      <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
      <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[min(440px,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-md border border-field bg-raised p-6 outline-none">
        {children}
      </Dialog.Popup>
    </Dialog.Portal>
  )
}
