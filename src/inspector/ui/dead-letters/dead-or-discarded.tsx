import { Link } from '../../../web/components/link.tsx'
import { SEGMENTS, segmentLook } from '../../../web/components/segments.ts'

const TABS = [
  ['dead', 'Waiting for you', '/inspector/dead-letters'],
  ['discarded', 'Discarded', '/inspector/dead-letters?status=discarded'],
] as const

/** What died and waits for somebody, or what somebody has put aside. */
export function DeadOrDiscarded({ status }: { status: 'dead' | 'discarded' }) {
  return (
    <nav aria-label="Dead letters" className={SEGMENTS}>
      {TABS.map(([each, words, href]) => (
        <Link
          key={each}
          href={href}
          aria-current={each === status ? 'page' : undefined}
          className={segmentLook(each === status)}
        >
          {words}
        </Link>
      ))}
    </nav>
  )
}
