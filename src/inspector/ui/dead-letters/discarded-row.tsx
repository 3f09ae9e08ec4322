import { Button } from '../../../web/components/button.tsx'
import { DateTime } from '../../../web/components/date-time.tsx'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { Link } from '../../../web/components/link.tsx'
import { StateGlyph } from '../../../web/components/state-glyph.tsx'
import { type DiscardedDelivery, untilWords } from '../../model/discarded.ts'
import { useLights } from '../follow/followed-key.ts'
import { lit } from '../follow/lit.ts'
import { onlyOperators } from '../only-operators.ts'

interface Props {
  row: DiscardedDelivery
  /** Null until the page runs. */
  now: number | null
  mayAct: boolean
  onRestore(deliveryId: string): void
}

const LINK = 'text-accent underline underline-offset-4'

/** One delivery that was put aside: what it was, who did that and why, and when it is gone for good. */
export function DiscardedRow({ row, now, mayAct, onRestore }: Props) {
  const { deliveryId, messageId, messageName, subscription, lastError, isCancelled, reason, replacedBy } = row
  const lights = useLights()
  return (
    <li
      {...lit(lights?.message(row))}
      className="flex items-start gap-3 border-b border-line px-4 py-2.5 text-sm last:border-b-0"
    >
      <span className="mt-1">
        <StateGlyph state="discarded" size={14} />
      </span>
      <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-0.5">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <Link
            href={`/inspector/m/${messageId}?h=${deliveryId}`}
            className="font-medium [overflow-wrap:anywhere] underline-offset-4 hover:underline"
          >
            {messageName}
          </Link>
          {subscription !== messageName && (
            <span className="font-mono text-xs [overflow-wrap:anywhere] text-muted">{subscription}</span>
          )}
          <span className="min-w-0 flex-[1_1_12rem] truncate text-muted" title={lastError ?? undefined}>
            {isCancelled ? 'cancelled before its time' : <ForeignText text={lastError ?? ''} />}
          </span>
        </div>
        <p className="break-words">
          {reason ? <ForeignText text={reason} /> : <span className="text-muted">No reason was given.</span>}
        </p>
        <p className="flex flex-wrap gap-x-3 text-xs text-muted">
          <Origin row={row} />
          <Purge row={row} now={now} />
        </p>
      </div>
      {replacedBy === null && (
        <Button
          variant="quiet"
          size="small"
          className="shrink-0"
          disabled={!mayAct}
          title={
            onlyOperators(mayAct) ??
            (isCancelled ? 'It is due at its time again' : 'It is dead again, and waits for a decision')
          }
          onClick={() => onRestore(deliveryId)}
        >
          Restore
        </Button>
      )}
    </li>
  )
}

function Origin({ row: { by, at, operationId, replacedBy } }: { row: DiscardedDelivery }) {
  return (
    <span>
      by <ForeignText text={by ?? 'somebody who is not known any more'} />, <DateTime iso={at} />
      {operationId && (
        <>
          , with others in{' '}
          <Link href={`/inspector/operations/${operationId}`} className={LINK}>
            one operation
          </Link>
        </>
      )}
      {replacedBy && (
        <>
          ; no way back:{' '}
          <Link href={`/inspector/m/${replacedBy}`} className={LINK}>
            the edited one
          </Link>{' '}
          took its place
        </>
      )}
    </span>
  )
}

function Purge({ row: { purgedAfter }, now }: { row: DiscardedDelivery; now: number | null }) {
  if (purgedAfter === null) return <span>kept while something of its message is open</span>
  return (
    <span>
      removed for good {now !== null && `${untilWords(Date.parse(purgedAfter) - now)}, `}
      <DateTime iso={purgedAfter} />
    </span>
  )
}
