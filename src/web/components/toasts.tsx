'use client'
import { Toast } from '@base-ui/react/toast'
import type { ReactNode } from 'react'

export const useToasts = Toast.useToastManager

/** Says what became of an action, where one looks, for a while; with a way back where there is one. */
export function Toasts({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider timeout={10_000}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 grid w-[min(360px,calc(100vw-2rem))] gap-2">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="flex items-center gap-3 appearing rounded-md border border-muted bg-raised px-4 py-3 text-sm shadow-[0_2px_12px_rgb(0_0_0/0.12)]"
    >
      <div className="min-w-0 flex-1">
        <Toast.Title className="font-medium [overflow-wrap:anywhere]" />
        <Toast.Description className="[overflow-wrap:anywhere] text-muted" />
      </div>
      <Toast.Action className="rounded px-2 py-1 font-medium text-accent hover:bg-tint" />
      <Toast.Close aria-label="Close" className="rounded px-1.5 text-muted hover:text-ink">
        ×
      </Toast.Close>
    </Toast.Root>
  ))
}
