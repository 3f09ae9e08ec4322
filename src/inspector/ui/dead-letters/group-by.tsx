import { Link } from '../../../web/components/link.tsx'
import { SEGMENTS, segmentLook } from '../../../web/components/segments.ts'
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
    <nav aria-label="Group by" className="flex flex-wrap items-center gap-2">
      <span className="text-xs text-muted">Group by</span>
      <div className={SEGMENTS}>
        {GROUPINGS.map((each) => (
          <Link
            key={each}
            href={addressOf(each, filter)}
            aria-current={each === by ? 'true' : undefined}
            className={segmentLook(each === by, 'small')}
          >
            {WORDS[each]}
          </Link>
        ))}
      </div>
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
