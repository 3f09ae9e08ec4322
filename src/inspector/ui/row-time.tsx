import { Moment } from '../../web/components/moment.tsx'
import { useTaste } from '../../web/taste.ts'
import { formatDelta } from '../model/durations.ts'

interface Props {
  iso: string
  /** Milliseconds since the row before; null where there is none, or it has not come yet. */
  sinceBefore: number | null
}

/** The time of a row in a list, or how long after the row before it came; the exact instant is a hover away. */
export function RowTime({ iso, sinceBefore }: Props) {
  const { rowTimes } = useTaste()
  if (rowTimes === 'moment' || sinceBefore === null) return <Moment iso={iso} />
  return (
    <time dateTime={iso} title={`${iso} (UTC), ${formatDelta(sinceBefore)} after the row before`} className="font-mono">
      {formatDelta(sinceBefore)}
    </time>
  )
}
