import { DateTime } from '../../../web/components/date-time.tsx'
import type { HistoryItem } from '../router.ts'

/** What happened to one's account, newest first. */
export function History({ items }: { items: HistoryItem[] }) {
  if (items.length === 0)
    return <p className="text-muted">Nothing yet. It takes a moment until something is written down.</p>
  return (
    <ol aria-label="History" className="border-t border-line">
      {items.map(({ id, at, words }) => (
        <li key={id} className="grid gap-x-6 gap-y-0.5 border-b border-line py-3 sm:grid-cols-[10.5rem_minmax(0,1fr)]">
          <span className="text-sm leading-6 text-muted">
            <DateTime iso={at} />
          </span>
          <bdi className="[overflow-wrap:anywhere]">{words}</bdi>
        </li>
      ))}
    </ol>
  )
}
