import type { ReactNode } from 'react'
import { Moment } from '../../web/components/moment.tsx'
import { StateGlyph } from '../../web/components/state-glyph.tsx'
import { formatMs } from '../model/durations.ts'
import type { AttemptView } from '../model/view.ts'

const ROWS: [name: string, cell: (attempt: AttemptView) => ReactNode][] = [
  ['Outcome', ({ outcome }) => <Outcome outcome={outcome} />],
  ['Began', ({ startedAt }) => <Moment iso={startedAt} />],
  ['Took', ({ startedAt, finishedAt }) => formatMs(Date.parse(finishedAt) - Date.parse(startedAt))],
  ['Node', ({ node }) => node],
  ['Error', ({ error }) => error?.name ?? '–'],
  ['Message', ({ error }) => error?.message ?? '–'],
  ['Code', ({ error }) => error?.code ?? '–'],
  ['Next one due', ({ nextDueAt }) => (nextDueAt ? <Moment iso={nextDueAt} /> : '–')],
]

interface Props {
  attempts: readonly AttemptView[]
  /** In place of their numbers. */
  titles?: readonly ReactNode[]
}

/** Attempts as columns: in what they differ is seen along a row. */
export function AttemptsSideBySide({ attempts, titles }: Props) {
  return (
    <div className="overflow-x-auto rounded-md border border-line bg-raised" tabIndex={0}>
      <table aria-label="Attempts side by side" className="w-full text-left text-xs">
        <thead className="text-muted">
          <tr>
            <th className="sticky left-0 bg-raised px-4 py-2 font-normal">Attempt</th>
            {attempts.map(({ number }, index) => (
              <th key={index} scope="col" className="min-w-44 px-3 py-2 font-mono font-semibold text-ink">
                {titles?.[index] ?? number}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-t border-line">
          {ROWS.map(([name, cell]) => (
            <tr key={name}>
              <th scope="row" className="sticky left-0 bg-raised px-4 py-2 font-normal whitespace-nowrap text-muted">
                {name}
              </th>
              {attempts.map((each, index) => (
                <td key={index} className="px-3 py-2 align-top [overflow-wrap:anywhere]">
                  {cell(each)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Outcome({ outcome }: { outcome: AttemptView['outcome'] }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <StateGlyph state={outcome === 'succeeded' ? 'succeeded' : 'dead'} size={12} />
      {outcome}
    </span>
  )
}
