import clsx from 'clsx'
import { Link } from '../../../web/components/link.tsx'

const TABS = [
  ['dead', 'Waiting for you', '/inspector/dead-letters'],
  ['discarded', 'Discarded', '/inspector/dead-letters?status=discarded'],
] as const

/** What died and waits for somebody, or what somebody has put aside. */
export function DeadOrDiscarded({ status }: { status: 'dead' | 'discarded' }) {
  return (
    <nav aria-label="Dead letters" className="flex rounded-md border border-line text-sm">
      {TABS.map(([each, words, href]) => (
        <Link
          key={each}
          href={href}
          aria-current={each === status ? 'page' : undefined}
          className={clsx(
            'flex h-8 items-center px-3 first:rounded-l-md last:rounded-r-md',
            each === status ? 'bg-ink font-medium text-paper' : 'bg-raised text-muted hover:text-ink',
          )}
        >
          {words}
        </Link>
      ))}
    </nav>
  )
}
