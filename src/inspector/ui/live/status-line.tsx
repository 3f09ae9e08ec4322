import { Moment } from '../../../web/components/moment.tsx'
import { seqOf } from '../../model/feed-protocol.ts'
import { parseFilter } from '../../model/filter/parse.ts'
import type { FeedState } from '../feed-client.ts'

interface Props {
  /** Messages that the list holds. */
  count: number
  filter: string
  heard: FeedState['heard']
}

/** What the live list holds, what it was narrowed by, and how new it is. */
export function StatusLine({ count, filter, heard }: Props) {
  const parsed = parseFilter(filter)
  const filters = parsed.ok ? parsed.clauses.length : 0
  const seq = heard && seqOf(heard.cursor)
  return (
    <p className="ml-auto flex flex-wrap gap-x-2 tabular-nums [&>*+*]:before:mr-2 [&>*+*]:before:content-['·']">
      <span>
        {count.toLocaleString('en')} {count === 1 ? 'message' : 'messages'}
      </span>
      {filters > 0 && (
        <span>
          {filters} {filters === 1 ? 'filter' : 'filters'}
        </span>
      )}
      {heard && (
        <span className="max-sm:hidden">
          last update <Moment iso={heard.at} />
        </span>
      )}
      {seq !== null && (
        <span className="max-sm:hidden" title="The transaction up to which this list has been told">
          seq {seq.toLocaleString('en')}
        </span>
      )}
    </p>
  )
}
