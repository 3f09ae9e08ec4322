import clsx from 'clsx'
import { Link } from '../../../web/components/link.tsx'
import { type DeadLetterFilter, GROUPINGS, type Grouping } from '../../model/dead-letters.ts'

const WORDS: Record<Grouping, string> = {
  failure: 'failure',
  handler: 'handler',
  type: 'message type',
  error: 'error class',
}

/** By what the kinds of failure are put together; in the address, like the filter. */
export function GroupBy({ by, filter }: { by: Grouping; filter: DeadLetterFilter }) {
  return (
    <nav aria-label="Group by" className="flex flex-wrap items-center gap-1 text-sm">
      <span className="mr-1 text-xs text-muted">Group by</span>
      {GROUPINGS.map((each) => (
        <Link
          key={each}
          href={addressOf(each, filter)}
          aria-current={each === by ? 'true' : undefined}
          className={clsx(
            'rounded-md px-2 py-1 text-xs',
            each === by ? 'bg-tint font-medium' : 'text-muted hover:text-ink',
          )}
        >
          {WORDS[each]}
        </Link>
      ))}
    </nav>
  )
}

function addressOf(by: Grouping, { subscription, text }: DeadLetterFilter): string {
  const query = new URLSearchParams()
  if (subscription) query.set('handler', subscription)
  if (text) query.set('error', text)
  if (by !== 'failure') query.set('by', by)
  return `/inspector/dead-letters${query.size > 0 ? `?${query}` : ''}`
}
