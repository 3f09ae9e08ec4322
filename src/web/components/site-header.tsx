import clsx from 'clsx'
import type { CurrentSession } from '../trpc/init.ts'
import { buttonLook } from './button.tsx'
import { Link } from './link.tsx'
import { LogOutButton } from './log-out-button.tsx'
import { Logo } from './logo.tsx'
import { NavLink } from './nav-link.tsx'
import { ThemeToggle } from './theme-toggle.tsx'

export interface Visit {
  session: CurrentSession | null
  settings: { mailbox: boolean; faults: boolean }
}

/** The top of every page: where one is, where one can go, and the way out. */
export function SiteHeader({ session, settings, wide }: Visit & { wide: boolean }) {
  // Whoever is still to come in with a passkey is shown the way, and told there what is missing.
  const role = session?.user.roleByPasskey ?? session?.user.role
  return (
    <header className="border-b border-line bg-raised">
      <div
        className={clsx(
          'mx-auto flex flex-wrap items-stretch gap-x-5 px-4 sm:px-6',
          wide ? 'max-w-[104rem]' : 'max-w-7xl',
        )}
      >
        <Link href="/" className="flex h-14 items-center gap-2 font-semibold tracking-tight">
          <Logo />
          Waybill
        </Link>
        <nav
          aria-label="Main"
          // On a phone a signed-in person's ways get a line of their own.
          className={clsx(
            'flex items-stretch gap-5 text-sm',
            session &&
              'max-sm:order-last max-sm:-mx-4 max-sm:h-11 max-sm:w-screen max-sm:border-t max-sm:border-line max-sm:px-4',
          )}
        >
          {session && <NavLink href="/welcome">Welcome</NavLink>}
          {session && <NavLink href="/account">Account</NavLink>}
          {(role === 'operator' || role === 'viewer') && <NavLink href="/inspector">Inspector</NavLink>}
          {role === 'operator' && <NavLink href="/people">People</NavLink>}
          {settings.mailbox && <NavLink href="/mailbox">Mailbox</NavLink>}
        </nav>
        <div className="ml-auto flex h-14 items-center gap-2">
          <ThemeToggle />
          {session ? (
            <>
              <bdi className="mr-1 hidden max-w-48 truncate text-sm text-muted sm:block" title={session.user.name}>
                {session.user.name}
              </bdi>
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
