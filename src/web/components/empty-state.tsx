import type { ReactNode } from 'react'

/** An empty page teaches: what will be here, and how to make it come. */
export function EmptyState({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-3 px-6 py-16 text-center">
      <svg width="72" height="40" viewBox="0 0 72 40" fill="none" aria-hidden="true" className="text-muted">
        <path
          d="M4 20h20M24 20C36 20 32 6 46 6h10M24 20h32M24 20c12 0 8 14 22 14h10"
          stroke="currentColor"
          strokeDasharray="3 3"
        />
        <circle cx="6" cy="20" r="4" className="fill-paper" stroke="currentColor" />
        <circle cx="60" cy="6" r="4" className="fill-paper" stroke="currentColor" />
        <circle cx="60" cy="20" r="4" className="fill-paper" stroke="currentColor" />
        <circle cx="60" cy="34" r="4" className="fill-paper" stroke="currentColor" />
      </svg>
      <h2 className="text-lg font-semibold">{title}</h2>
      <div className="text-pretty text-muted">{children}</div>
      {action}
    </div>
  )
}
