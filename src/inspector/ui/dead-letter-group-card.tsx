import { ForeignText } from '../../web/components/foreign-text.tsx'
import { Link } from '../../web/components/link.tsx'
import { Moment } from '../../web/components/moment.tsx'
import { StateGlyph } from '../../web/components/state-glyph.tsx'
import { type DeadLetterGroup, MAX_COUNTED } from '../model/dead-letters.ts'
import { DayBars } from './dead-letters/day-bars.tsx'
import { FailureStatusWord } from './dead-letters/failure-status-word.tsx'
import { useLights } from './follow/followed-key.ts'
import { lit } from './follow/lit.ts'
import { OperationDialog } from './operation-dialog.tsx'

/** One kind of failure: how many, since when, of which handler, with its newest error. */
export function DeadLetterGroupCard({ group, mayAct }: { group: DeadLetterGroup; mayAct: boolean }) {
  const { fingerprint, subscription, lastError, errorName, count } = group
  const lights = useLights()
  const selection = { by: 'group', fingerprint } as const
  return (
    <li
      {...lit(lights?.failure(fingerprint))}
      className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-md border border-line bg-raised px-4 py-3"
    >
      <span className="flex w-16 items-center gap-2 text-xl font-semibold tabular-nums">
        <StateGlyph state="dead" size={16} />
        {countWord(count)}
      </span>
      <div className="min-w-0 flex-[1_1_18rem]">
        <Link
          href={`/inspector/dead-letters/${fingerprint}`}
          className="block font-medium break-words underline-offset-4 hover:underline"
        >
          {errorName && (
            <span className="text-danger">
              <ForeignText text={errorName} />:{' '}
            </span>
          )}
          <ForeignText text={lastError || 'no text'} />
        </Link>
        <p className="mt-0.5 font-mono text-xs [overflow-wrap:anywhere] text-muted">{subscription}</p>
        <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
          <FailureStatusWord facts={group} />
          {group.firstVersion && <span>since release {group.firstVersion}</span>}
          {group.mark?.note && (
            <span className="min-w-0 max-w-96 truncate">
              “<ForeignText text={group.mark.note} />”
            </span>
          )}
        </p>
      </div>
      <DayBars trend={group.trend} />
      <Seen group={group} />
      <span className="flex gap-2 max-sm:w-full">
        <OperationDialog kind="retry" selection={selection} mayAct={mayAct} isOfRow>
          Retry…
        </OperationDialog>
        <OperationDialog kind="discard" selection={selection} mayAct={mayAct}>
          Discard…
        </OperationDialog>
      </span>
    </li>
  )
}

export function Seen({ group: { firstSeenAt, lastSeenAt } }: { group: DeadLetterGroup }) {
  return (
    <dl className="grid grid-cols-[auto_auto] gap-x-3 text-xs text-muted">
      <dt>first</dt>
      <dd>
        <Moment iso={firstSeenAt} />
      </dd>
      <dt>last</dt>
      <dd>
        <Moment iso={lastSeenAt} />
      </dd>
    </dl>
  )
}

export function countWord(count: number): string {
  return count >= MAX_COUNTED ? `${MAX_COUNTED}+` : String(count)
}
