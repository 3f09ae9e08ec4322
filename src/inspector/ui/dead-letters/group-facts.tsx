import type { ReactNode } from 'react'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { Link } from '../../../web/components/link.tsx'
import { Moment } from '../../../web/components/moment.tsx'
import type { DeadLetterGroupDetail } from '../../model/dead-letters.ts'
import { DayBars } from './day-bars.tsx'
import { FailureMarkDialog } from './failure-mark-dialog.tsx'
import { FailureStatusWord } from './failure-status-word.tsx'

/** As many keys as are shown; the query brings one more where there are more. */
const SHOWN = 20

/** How a kind of failure stands, since when it is there, and whom it hits. */
export function GroupFacts({ group, mayAct }: { group: DeadLetterGroupDetail; mayAct: boolean }) {
  const { mark, trend, firstVersion, everCount, affected } = group
  return (
    <section aria-label="How it stands" className="mt-5 rounded-md border border-line bg-raised px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3 text-sm">
        <FailureStatusWord facts={group} />
        <Fact name="24 h">
          <DayBars trend={trend} />
        </Fact>
        {everCount !== null && <Fact name="ever">{everCount.toLocaleString('en')}</Fact>}
        <Fact name="first seen in release">{firstVersion ?? 'not recorded'}</Fact>
        <span className="ml-auto max-sm:ml-0">
          <FailureMarkDialog group={group} mayAct={mayAct} />
        </span>
      </div>
      {mark && (
        <p className="mt-3 text-sm">
          {mark.note && (
            <span className="block whitespace-pre-line [overflow-wrap:anywhere]">
              <ForeignText text={mark.note} />
            </span>
          )}
          <span className="text-xs text-muted">
            {mark.owner && (
              <>
                <ForeignText text={mark.owner} />,{' '}
              </>
            )}
            marked {mark.state} at <Moment iso={mark.markedAt} to="seconds" />
          </span>
        </p>
      )}
      <Affected affected={affected} />
    </section>
  )
}

function Affected({ affected: { keys, people, isMore } }: Pick<DeadLetterGroupDetail, 'affected'>) {
  if (keys.length === 0 && people === 0) return null
  return (
    <p className="mt-3 flex flex-wrap items-baseline gap-x-2 gap-y-1 text-xs text-muted">
      {people > 0 && (
        <span>
          {isMore ? 'At least ' : ''}
          {people === 1 ? `${isMore ? 'one' : 'One'} person is` : `${people.toLocaleString('en')} people are`} affected.
        </span>
      )}
      {keys.length > 0 && <span>Keys:</span>}
      {keys.slice(0, SHOWN).map((key) => (
        <Link
          key={key}
          href={`/inspector/key/${encodeURIComponent(key)}`}
          className="rounded border border-line px-1.5 py-0.5 font-mono [overflow-wrap:anywhere] text-ink hover:border-muted"
        >
          <ForeignText text={key} />
        </Link>
      ))}
      {(keys.length > SHOWN || isMore) && <span>and more</span>}
    </p>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span className="flex items-center gap-2">
      <span className="text-xs text-muted">{name}</span>
      {children}
    </span>
  )
}
