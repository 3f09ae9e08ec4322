import clsx from 'clsx'
import Link from 'next/link'
import { DeadLetterBadge } from './dead-letter-badge.tsx'

const PLACES = [
  { href: '/inspector', name: 'Overview' },
  { href: '/inspector/live', name: 'Live' },
  { href: '/inspector/dead-letters', name: 'Dead letters' },
  { href: '/inspector/operations', name: 'Operations' },
  { href: '/inspector/processes', name: 'Processes' },
  { href: '/inspector/nodes', name: 'Nodes' },
  { href: '/inspector/handlers', name: 'Handlers' },
  { href: '/inspector/scheduled', name: 'Scheduled' },
] as const

/** The rooms of the inspector. */
export function InspectorNav({ here }: { here?: (typeof PLACES)[number]['href'] }) {
  return (
    <nav aria-label="Inspector" className="border-b border-line">
      <ul className="mx-auto flex max-w-[104rem] gap-5 overflow-x-auto px-4 text-sm whitespace-nowrap sm:px-6">
        {PLACES.map(({ href, name }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={href === here ? 'page' : undefined}
              className={clsx(
                'flex h-10 items-center gap-1.5 border-b-2',
                href === here ? 'border-ink font-medium' : 'border-transparent text-muted hover:text-ink',
              )}
            >
              {name}
              {href === '/inspector/dead-letters' && <DeadLetterBadge />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
