import { ForeignText } from '../../web/components/foreign-text.tsx'
import { Link } from '../../web/components/link.tsx'
import { Moment } from '../../web/components/moment.tsx'
import type { DeadLetter } from '../model/dead-letters.ts'
import { useLights } from './follow/followed-key.ts'
import { lit } from './follow/lit.ts'

interface Props {
  row: DeadLetter
  /** What is told of its message where that is pointed at. */
  title: string
  isChosen: boolean
  onToggle(deliveryId: string): void
}

export function DeadLetterRow({ row, title, isChosen, onToggle }: Props) {
  const { deliveryId, messageId, messageName, attempt, settledAt, lastError } = row
  const lights = useLights()
  return (
    <li
      {...lit(lights?.message(row))}
      className="flex items-center gap-3 border-b border-line px-4 py-2 text-sm last:border-b-0"
    >
      <input
        type="checkbox"
        checked={isChosen}
        onChange={() => onToggle(deliveryId)}
        aria-label={`Select ${messageName} ${messageId.slice(-6)}`}
      />
      <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4 gap-y-0.5">
        <Link
          href={`/inspector/m/${messageId}`}
          title={title}
          className="font-medium [overflow-wrap:anywhere] underline-offset-4 hover:underline"
        >
          {messageName}
        </Link>
        <span className="min-w-0 flex-[1_1_12rem] truncate text-muted" title={lastError ?? undefined}>
          <ForeignText text={lastError ?? ''} />
        </span>
        <span className="text-xs text-muted">{attempt === 1 ? '1 attempt' : `${attempt} attempts`}</span>
        <span className="text-xs text-muted">
          <Moment iso={settledAt} />
        </span>
      </div>
    </li>
  )
}
