'use client'
import clsx from 'clsx'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { Link } from '../../../web/components/link.tsx'

const PLACES = [
  { href: '/account', name: 'Profile' },
  { href: '/account/security', name: 'Security' },
  { href: '/account/sessions', name: 'Sessions' },
  { href: '/account/messages', name: 'Messages' },
  { href: '/account/privacy', name: 'Privacy' },
  { href: '/account/history', name: 'History' },
]

/** The rooms of one's own account: a column on a wide screen, a line that can be pushed along on a phone. */
export function AccountNav() {
  const here = usePathname()
  const current = useRef<HTMLAnchorElement>(null)
  // One must see where one is, also where the line is longer than the screen.
  useEffect(() => {
    const link = current.current
    const nav = link?.closest('nav')
    if (link && nav) nav.scrollLeft = link.offsetLeft - nav.offsetLeft - (nav.clientWidth - link.clientWidth) / 2
  }, [])
  return (
    <nav
      aria-label="Account"
      className="max-md:-mx-4 max-md:mb-6 max-md:overflow-x-auto max-md:border-b max-md:border-line max-md:px-4 max-sm:-mt-6 sm:max-md:-mx-6 sm:max-md:px-6"
    >
      <ul className="flex w-max gap-5 max-md:pr-4 md:w-auto text-sm whitespace-nowrap md:sticky md:top-6 md:flex-col md:gap-0">
        {PLACES.map(({ href, name }) => (
          <li key={href}>
            <Link
              href={href}
              ref={href === here ? current : undefined}
              aria-current={href === here ? 'page' : undefined}
              className={clsx(
                'flex h-11 items-center border-b-2 md:h-9 md:border-b-0 md:border-l-2 md:pl-3',
                href === here
                  ? 'border-accent font-medium'
                  : 'border-transparent text-muted hover:text-ink md:border-line md:hover:border-muted',
              )}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
