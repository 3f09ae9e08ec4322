'use client'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { ForeignText } from '../../web/components/foreign-text.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import { MASK } from '../model/payload/mask.ts'
import type { RevisionRequest } from '../model/process-view.ts'
import { MOST_LINES, type Side, type SideLine } from '../model/side-by-side.ts'

/** All that an instance was before a step, beside all that it was after it. Read when somebody unfolds it. */
export function WholeState({ of }: { of: RevisionRequest }) {
  const trpc = useTRPC()
  // A step that was made stays as it is.
  const { data, error } = useQuery(trpc.inspector.revision.queryOptions(of, { staleTime: Number.POSITIVE_INFINITY }))
  if (error) return <p className="text-sm text-danger">It could not be read: {error.message} Fold it, and try again.</p>
  if (data === undefined) return <p className="text-sm text-muted">Reading it</p>
  if (data === null) return <p className="text-sm text-muted">This step is not kept any more.</p>
  return (
    <>
      <div className="overflow-x-auto">
        <table className="w-full min-w-[26rem] table-fixed border-collapse text-left font-mono text-xs leading-5">
          <caption className="sr-only">State before and after step {of.version}</caption>
          <thead className="font-sans text-muted">
            <tr>
              <th scope="col" className="w-1/3 py-1 font-normal">
                <span className="sr-only">Where</span>
              </th>
              <th scope="col" className="py-1 pr-4 font-normal">
                Before
              </th>
              <th scope="col" className="py-1 font-normal">
                After
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((line) => (
              <Line key={line.path} line={line} />
            ))}
          </tbody>
        </table>
      </div>
      {data.length === MOST_LINES && (
        <p className="mt-2 text-sm text-muted">Only the first {MOST_LINES.toLocaleString('en')} lines are shown.</p>
      )}
    </>
  )
}

function Line({ line: { path, label, level, before, after, isChanged } }: { line: SideLine }) {
  return (
    <tr data-changed={isChanged || undefined} className="border-t border-line align-top">
      <th
        scope="row"
        title={path}
        className={clsx('py-0.5 pr-4 [overflow-wrap:anywhere]', isChanged ? 'font-medium' : 'font-normal text-muted')}
        style={{ paddingLeft: `${level - 1}rem` }}
      >
        <ForeignText text={label} />
      </th>
      <td className={clsx('py-0.5 pr-4 text-muted [overflow-wrap:anywhere]', isChanged && 'line-through')}>
        <Value side={before} />
      </td>
      <td className={clsx('py-0.5 [overflow-wrap:anywhere]', isChanged ? 'font-medium' : 'text-muted')}>
        <Value side={after} />
      </td>
    </tr>
  )
}

function Value({ side }: { side: Side }) {
  if (side.is === 'parts') return null
  if (side.is === 'absent') return <span className="sr-only">not there</span>
  if (side.is === 'masked') return <span title={side.why}>{MASK}</span>
  return <ForeignText text={side.text} />
}
