'use client'
import clsx from 'clsx'
import { usePathname } from 'next/navigation'
import { Link } from './link.tsx'

/** A way to a part of the site, underlined while one is there. */
export function NavLink({ href, section = href, children }: { href: string; section?: string; children: string }) {
  const isHere = usePathname().startsWith(section)
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className={clsx(
        'flex items-center border-b-2 pt-0.5 transition-colors',
        isHere
          ? 'border-accent font-medium text-ink'
          : 'border-transparent text-muted hover:border-line hover:text-ink',
      )}
    >
      {children}
    </Link>
  )
}
