import type { Waiting } from '../../bus/index.ts'
import { Ago } from './ago.tsx'

/** What a running instance waits for, until when, and who owes it. */
export function WaitingFor({ waiting, now }: { waiting: readonly Waiting[]; now: number | null }) {
  if (waiting.length === 0) return <p className="text-sm text-muted">Nothing: it rests until a message moves it on.</p>
  return (
    <ul aria-label="Waiting for" className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
      {waiting.map((each) => (
        <li key={each.state} className="min-w-0 rounded-md border border-line bg-raised px-4 py-3">
          <p className="font-medium">{each.what}</p>
          <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm [&_dt]:text-muted">
            {each.owes.length > 0 && (
              <>
                <dt>owed by</dt>
                <dd>{each.owes.join(', ')}</dd>
              </>
            )}
            <dt>until</dt>
            <dd>{each.until === null ? 'it comes' : <Ago iso={each.until} now={now} />}</dd>
            {each.messages.length > 0 && (
              <>
                <dt>message</dt>
                <dd className="font-mono text-xs leading-5 [overflow-wrap:anywhere]">{each.messages.join(', ')}</dd>
              </>
            )}
          </dl>
        </li>
      ))}
    </ul>
  )
}
