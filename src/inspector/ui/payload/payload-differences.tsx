'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from '../../../web/components/link.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { Comparable } from '../../model/payload/payload-view.ts'
import { Differences } from './differences.tsx'
import { usePayload } from './use-payload.ts'

const WORDS: Record<Comparable['kind'], string> = {
  parent: 'The message that caused it',
  previous: 'The one of its type before',
  'last-good': 'The last one of its type that went well',
  'edited-from': 'The message before it was edited',
  edited: 'Its edited version',
}

/** In what a message differs from another: what caused it, the one before of its type, its edited version. */
export function PayloadDifferences({ messageId, body }: { messageId: string; body: string | null }) {
  const trpc = useTRPC()
  const [chosen, setChosen] = useState<string | null>(null)
  const { data: comparables } = useQuery(trpc.inspector.comparables.queryOptions({ id: messageId }))
  const other = comparables?.find((each) => each.kind === chosen) ?? comparables?.find(isLikely) ?? comparables?.[0]
  const { data: json } = useQuery(
    trpc.inspector.payload.queryOptions(
      { id: other?.messageId ?? messageId },
      { enabled: other !== undefined, staleTime: Number.POSITIVE_INFINITY },
    ),
  )
  const source = usePayload(body, json ?? null)
  if (!comparables) return <p className="px-4 py-3 text-sm text-muted">Looking for something to compare it with…</p>
  if (!other) return <p className="px-4 py-3 text-sm text-muted">There is nothing to compare it with.</p>
  return (
    <div className="px-4 py-3">
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <label className="flex items-center gap-2">
          Compared with
          <select
            value={other.kind}
            onChange={(event) => setChosen(event.target.value)}
            className="h-8 rounded-md border border-field bg-raised px-2 text-sm"
          >
            {comparables.map(({ kind }) => (
              <option key={kind} value={kind}>
                {WORDS[kind]}
              </option>
            ))}
          </select>
        </label>
        <Link href={`/inspector/m/${other.messageId}`} className="text-accent underline underline-offset-4">
          {other.name}
        </Link>
      </div>
      {typeof json === 'string' && source && <Differences before={json} source={source} />}
    </div>
  )
}

/** Of the same type: of what caused it, it mostly differs in everything. */
function isLikely({ kind }: Comparable): boolean {
  return kind !== 'parent'
}
