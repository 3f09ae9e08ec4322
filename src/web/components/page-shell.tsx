import clsx from 'clsx'
import type { ReactNode } from 'react'
import { SiteHeader, type Visit } from './site-header.tsx'

interface PageShellProps {
  visit: Visit
  children: ReactNode
  /** Uses the whole width, for pages that operators work with. */
  wide?: boolean
  /** As high as the window: what is inside scrolls by itself. */
  filled?: boolean
}

/** A page with its header and one main part. */
export function PageShell({ visit, children, wide = false, filled = false }: PageShellProps) {
  return (
    <div className={clsx('flex flex-col', filled ? 'h-dvh min-h-[34rem]' : 'min-h-dvh')}>
      <a
        href="#content"
        className="sr-only rounded-md bg-accent text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:px-4 focus:py-2"
      >
        Skip to the content
      </a>
      <SiteHeader {...visit} wide={wide} />
      <main
        id="content"
        tabIndex={-1}
        className={wide ? 'flex min-h-0 flex-1 flex-col' : 'mx-auto w-full max-w-7xl flex-1 px-4 sm:px-6'}
      >
        {children}
      </main>
    </div>
  )
}

/** A page that is one form, or one answer, and what else one may have come for. */
export function SlipPage({ visit, children, below }: { visit: Visit; children: ReactNode; below?: ReactNode }) {
  return (
    <PageShell visit={visit}>
      <div className="mx-auto max-w-md py-10 sm:py-16">
        <Slip>{children}</Slip>
        {below && <div className="mt-5 grid gap-3 text-center text-sm text-muted">{below}</div>}
      </div>
    </PageShell>
  )
}

/** A sheet of paper that was torn off at its top: for forms and letters to people. */
export function Slip({ children }: { children: ReactNode }) {
  return (
    <div className="slip">
      <div className="px-6 pt-6 pb-8 sm:px-8">{children}</div>
    </div>
  )
}
