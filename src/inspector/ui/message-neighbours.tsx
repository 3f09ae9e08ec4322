'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { Link } from '../../web/components/link.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { Neighbours } from '../model/neighbours.ts'
import type { MessageRow } from '../model/view.ts'

/** What stands beside a message; looked for again whenever its conversation has one message more. */
export function useNeighbours(messageId: string, messages: readonly MessageRow[]): Neighbours | null {
  const trpc = useTRPC()
  const client = useQueryClient()
  const { data } = useQuery(
    trpc.inspector.neighbours.queryOptions({ id: messageId }, { staleTime: Number.POSITIVE_INFINITY }),
  )
  const newest = messages.at(-1)?.messageId
  // biome-ignore lint/correctness/useExhaustiveDependencies: each message that comes may stand beside it
  useEffect(() => {
    if (newest) void client.invalidateQueries(trpc.inspector.neighbours.queryFilter({ id: messageId }))
  }, [client, trpc, messageId, newest, messages.length])
  return data ?? null
}

/** The ways to what was sent before it and after it. */
export function MessageNeighbours({ neighbours }: { neighbours: Neighbours | null }) {
  return (
    <nav aria-label="In the conversation" className="flex gap-1">
      <Way to={neighbours?.before ?? null} title="Message before ( [ )">
        <ChevronLeft size={16} aria-hidden="true" />
      </Way>
      <Way to={neighbours?.next ?? null} title="Next message ( ] )">
        <ChevronRight size={16} aria-hidden="true" />
      </Way>
    </nav>
  )
}

const LOOK = 'flex size-7 items-center justify-center rounded border border-line'

function Way({ to, title, children }: { to: string | null; title: string; children: ReactNode }) {
  const label = title.slice(0, title.indexOf(' ('))
  if (to === null) {
    return (
      <span role="link" aria-disabled="true" aria-label={label} className={`${LOOK} text-line`}>
        {children}
      </span>
    )
  }
  return (
    <Link
      href={`/inspector/m/${to}`}
      prefetch={false}
      title={title}
      aria-label={label}
      className={`${LOOK} text-muted hover:border-muted hover:text-ink`}
    >
      {children}
    </Link>
  )
}
