'use client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '../../../web/components/link.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { TimelineMessage } from '../../model/timeline/timeline.ts'
import { Differences } from '../payload/differences.tsx'
import { usePayload } from '../payload/use-payload.ts'

/** In what the bodies of two matched messages differ. */
export function ComparedPayloads({ a, b }: { a: TimelineMessage; b: TimelineMessage }) {
  const [one, other] = [useJsonOf(a.id), useJsonOf(b.id)]
  const source = usePayload(other, one)
  return (
    <section aria-label="Payloads" className="max-h-64 overflow-auto rounded-md border border-line bg-raised px-4 py-3">
      <p className="mb-2 flex flex-wrap gap-x-4 text-sm">
        <span className="font-semibold">Payload of {b.name}</span>
        <Link href={`/inspector/m/${a.id}`} className="text-accent underline underline-offset-4">
          A
        </Link>
        <Link href={`/inspector/m/${b.id}`} className="text-accent underline underline-offset-4">
          B
        </Link>
      </p>
      {one && source ? (
        <Differences before={one} source={source} />
      ) : (
        <p className="text-sm text-muted">They are being read.</p>
      )}
    </section>
  )
}

function useJsonOf(id: string): string | null {
  const trpc = useTRPC()
  const options = trpc.inspector.payload.queryOptions({ id }, { staleTime: Number.POSITIVE_INFINITY })
  return useQuery(options).data ?? null
}
