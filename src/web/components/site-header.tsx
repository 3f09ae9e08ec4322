import clsx from 'clsx'
import Link from 'next/link'
import type { CurrentSession } from '../trpc/init.ts'
import { buttonLook } from './button.tsx'
import { LogOutButton } from './log-out-button.tsx'
import { Logo } from './logo.tsx'
import { ThemeToggle } from './theme-toggle.tsx'

export interface Visit {
  session: CurrentSession | null
  settings: { mailbox: boolean; faults: boolean }
}

/** The top of every page: where one is, where one can go, and the way out. */
export function SiteHeader({ session, settings, wide }: Visit & { wide: boolean }) {
  const role = session?.user.role
  return (
    <header className="border-b border-line bg-raised">
      <div
        className={clsx(
          'mx-auto flex min-h-14 flex-wrap items-center gap-x-5 gap-y-1 px-4 py-1.5 sm:px-6',
          !wide && 'max-w-7xl',
        )}
      >
        <Link href="/" className="flex items-center gap-2 font-semibold tracking-tight">
          <Logo />
          Waybill
        </Link>
        <nav aria-label="Main" className="flex items-center gap-4 text-sm">
          {session && <NavLink href="/welcome">Welcome</NavLink>}
          {(role === 'operator' || role === 'viewer') && <NavLink href="/inspector/live">Inspector</NavLink>}
          {settings.mailbox && <NavLink href="/mailbox">Mailbox</NavLink>}
        </nav>
        <div className="ml-auto flex items-center gap-2">
          <ThemeToggle />
          {session ? (
            <>
              <span className="hidden max-w-40 truncate text-sm text-muted sm:inline">{session.user.name}</span>
              <LogOutButton />
            </>
          ) : (
            <>
              <Link href="/login" className={buttonLook({ variant: 'quiet', size: 'small' })}>
                Log in
              </Link>
              <Link href="/signup" className={`${buttonLook({ size: 'small' })} max-sm:hidden`}>
                Create account
              </Link>
            </>
          )}
        </div>
      </div>
    </header>
  )
}

function NavLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="text-muted underline-offset-4 hover:text-ink hover:underline">
      {children}
    </Link>
  )
}
