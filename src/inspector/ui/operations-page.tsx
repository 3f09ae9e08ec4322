'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { EmptyState } from '../../web/components/empty-state.tsx'
import { Link } from '../../web/components/link.tsx'
import { Moment } from '../../web/components/moment.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { OperationView } from '../model/operation.ts'
import { OlderButton } from './older-button.tsx'
import { countWords, nameOf, OperationProgress } from './operation-progress.tsx'
import { ReplayForm } from './replay-form.tsx'

const REFRESH_MS = 2_000
const PAGE = 50

/** What operators did to many deliveries at once, the newest first. */
export function OperationsPage({ initial, mayAct }: { initial: OperationView[]; mayAct: boolean }) {
  const { operations, loadOlder, hasOlder } = useOperations(initial)
  return (
    <div className="room">
      <h1 className="mb-4 text-2xl font-semibold tracking-tight">Operations</h1>
      {operations.length === 0 ? (
        <EmptyState title="No operation yet">
          Retry or discard several dead letters at once, and what becomes of each of them is kept here.
        </EmptyState>
      ) : (
        <ul aria-label="Operations" className="grid gap-2">
          {operations.map((operation) => (
            <OperationCard key={operation.operationId} operation={operation} />
          ))}
        </ul>
      )}
      {hasOlder && <OlderButton onLoad={loadOlder}>operations</OlderButton>}
      <ReplayForm mayAct={mayAct} />
    </div>
  )
}

function OperationCard({ operation }: { operation: OperationView }) {
  const { operationId, state, startedAt, total } = operation
  return (
    <li className="grid gap-2 rounded-md border border-line bg-raised px-4 py-3">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <Link
          href={`/inspector/operations/${operationId}`}
          className="min-w-0 font-medium break-words underline-offset-4 hover:underline"
        >
          {nameOf(operation)}
        </Link>
        <span className="text-sm">{state}</span>
        <span className="ml-auto text-xs text-muted">
          {total} in all, started <Moment iso={startedAt} />
        </span>
      </div>
      <OperationProgress operation={operation} />
      <p className="text-xs text-muted">{countWords(operation.counts)}</p>
    </li>
  )
}

function useOperations(initial: OperationView[]) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [older, setOlder] = useState<OperationView[]>([])
  const [lastPage, setLastPage] = useState(initial.length)
  const { data } = useQuery(
    trpc.inspector.operations.queryOptions(
      { limit: PAGE },
      { initialData: { operations: initial }, refetchInterval: REFRESH_MS },
    ),
  )
  const shown = new Set(data.operations.map((each) => each.operationId))
  const operations = [...data.operations, ...older.filter((each) => !shown.has(each.operationId))]
  const loadOlder = async () => {
    const last = operations.at(-1)
    if (!last) return
    const before = { startedAt: last.startedAt, operationId: last.operationId }
    const page = await client.fetchQuery(trpc.inspector.operations.queryOptions({ limit: PAGE, before }))
    setOlder((known) => [...known, ...page.operations])
    setLastPage(page.operations.length)
  }
  return { operations, loadOlder: () => void loadOlder(), hasOlder: lastPage === PAGE }
}
