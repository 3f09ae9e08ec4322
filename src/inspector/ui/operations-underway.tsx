'use client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '../../web/components/link.tsx'
import { StateGlyph } from '../../web/components/state-glyph.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { OperationUnderway } from '../model/operation.ts'

const REFRESH_MS = 5_000
/** So often while something is underway. */
const BUSY_MS = 1_000

const VERBS = { retry: 'Retrying', discard: 'Discarding', restore: 'Restoring' } as const

/** On every page: what somebody has set going, how far it is, and the way to it. Nothing where nothing is. */
export function OperationsUnderway() {
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.inspector.operationsUnderway.queryOptions(undefined, {
      refetchInterval: ({ state: { data: known } }) => (known?.length ? BUSY_MS : REFRESH_MS),
    }),
  )
  const [newest, ...others] = data ?? []
  if (!newest) return null
  const words = wordsOf(newest, others.length)
  return (
    <Link
      href={others.length === 0 ? `/inspector/operations/${newest.operationId}` : '/inspector/operations'}
      title={words}
      className="flex h-8 items-center gap-1.5 rounded-full border border-line bg-raised px-2.5 font-mono text-xs whitespace-nowrap tabular-nums hover:border-muted"
    >
      {newest.state === 'paused' ? <span aria-hidden="true">❙❙</span> : <StateGlyph state="running" size={12} />}
      <span className="sr-only">{words}</span>
      <span aria-hidden="true">
        {newest.known.toLocaleString('en')}/{newest.total.toLocaleString('en')}
        {others.length > 0 && ` +${others.length}`}
      </span>
    </Link>
  )
}

function wordsOf({ kind, state, known, total }: OperationUnderway, others: number): string {
  const more = others === 0 ? '' : `, and ${others === 1 ? 'another operation' : `${others} other operations`}`
  return `${VERBS[kind]} ${total}: ${known} known so far${state === 'paused' ? ', paused' : ''}${more}`
}
