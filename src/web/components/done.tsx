import { Check } from 'lucide-react'
import type { ReactNode } from 'react'

/** Says that something was done, where one looks; empty until then, so that it is heard when it comes. */
export function Done({ children }: { children: ReactNode }) {
  return (
    <div role="status" className="empty:hidden">
      {children && (
        <p className="flex items-start gap-2 text-sm">
          <Check size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-state-succeeded" />
          <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
        </p>
      )}
    </div>
  )
}
