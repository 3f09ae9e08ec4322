import type { ReactNode } from 'react'
import { AccountNav } from '../../modules/accounts/ui/index.ts'
import { PageShell } from '../../web/components/page-shell.tsx'
import type { Visit } from '../../web/components/site-header.tsx'

interface AccountShellProps {
  visit: Visit
  title: string
  /** One or two sentences below the title. */
  lead: string
  children: ReactNode
}

/** A page of what a person can see and change about themselves. Its children are `Section`s. */
export function AccountShell({ visit, title, lead, children }: AccountShellProps) {
  return (
    <PageShell visit={visit}>
      <div className="mx-auto grid max-w-5xl gap-x-12 py-6 sm:py-10 md:grid-cols-[10rem_minmax(0,1fr)]">
        <AccountNav />
        <div className="min-w-0">
          <h1 className="text-3xl font-semibold tracking-tight">{title}</h1>
          <p className="mt-2 mb-8 max-w-2xl text-muted">{lead}</p>
          {children}
        </div>
      </div>
    </PageShell>
  )
}
