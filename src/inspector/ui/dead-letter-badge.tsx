'use client'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../web/trpc/client.tsx'
import { MAX_COUNTED } from '../model/dead-letters.ts'

const REFRESH_MS = 5_000

/** How many deliveries wait for a decision; nothing where there are none. */
export function DeadLetterBadge() {
  const trpc = useTRPC()
  const { data: count = 0 } = useQuery(
    trpc.inspector.deadLetterCount.queryOptions(undefined, { refetchInterval: REFRESH_MS }),
  )
  if (count === 0) return null
  return (
    <span className="rounded-full border border-state-dead px-1.5 font-mono text-xs leading-5 text-danger">
      <span className="sr-only">unresolved: </span>
      {count >= MAX_COUNTED ? `${MAX_COUNTED}+` : count}
    </span>
  )
}
