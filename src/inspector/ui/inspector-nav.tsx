import clsx from 'clsx'
import Link from 'next/link'

const PLACES = [
  { href: '/inspector/live', name: 'Live' },
  { href: '/inspector/processes', name: 'Processes' },
  { href: '/inspector/nodes', name: 'Nodes' },
  { href: '/inspector/handlers', name: 'Handlers' },
  { href: '/inspector/scheduled', name: 'Scheduled' },
] as const

interface Props {
  here?: (typeof PLACES)[number]['href']
  /** On a page without margins of its own. */
  wide?: boolean
}

/** The rooms of the inspector. */
export function InspectorNav({ here, wide = false }: Props) {
  return (
    <nav aria-label="Inspector" className={clsx('border-b border-line', wide && 'px-4 sm:px-6')}>
      <ul className="flex gap-5 text-sm">
        {PLACES.map(({ href, name }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={href === here ? 'page' : undefined}
              className={clsx(
                'block border-b-2 py-2',
                href === here ? 'border-ink font-medium' : 'border-transparent text-muted hover:text-ink',
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
