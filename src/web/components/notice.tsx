import type { ReactNode } from 'react'

/** Something that went wrong, said at once to everybody, also to those who listen. */
export function Notice({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div role="alert" className="rounded-md border border-danger bg-raised px-4 py-3 text-sm">
      <p className="font-medium text-danger">{title}</p>
      {children && <div className="mt-1 text-ink">{children}</div>}
    </div>
  )
}
