'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../web/components/button.tsx'
import { EmptyState } from '../../web/components/empty-state.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { DeadLetterFilter, DeadLetterGroups, Grouping } from '../model/dead-letters.ts'
import { DeadLetterFilterForm } from './dead-letter-filter.tsx'
import { DeadLetterGroupCard } from './dead-letter-group-card.tsx'
import { GroupBy, sectionsOf } from './dead-letters/group-by.tsx'
import { OperationDialog } from './operation-dialog.tsx'

const REFRESH_MS = 3_000
const PAGE = 50

interface Props {
  initial: DeadLetterGroups
  filter: DeadLetterFilter
  by: Grouping
  mayAct: boolean
}

/** What died, put together by its kind of failure: the newest failure first. */
export function DeadLettersPage({ initial, filter, by, mayAct }: Props) {
  const { groups, total, next, loadMore } = useGroups(initial, filter)
  const isFiltered = filter.subscription !== null || filter.text !== null
  return (
    <div className="room">
      <div className="mb-4 flex flex-wrap items-center gap-x-5 gap-y-3">
        <h1 className="text-2xl font-semibold tracking-tight">Dead letters</h1>
        <span className="text-sm text-muted">
          {total === 1 ? '1 kind of failure' : `${total} kinds of failure`}
          {isFiltered && `, ${groups.length} shown`}
        </span>
        {groups.length > 0 && (
          <span className="ml-auto flex gap-2 max-sm:ml-0">
            <OperationDialog kind="retry" selection={{ by: 'filter', ...filter }} mayAct={mayAct}>
              {isFiltered ? 'Retry all matching…' : 'Retry all…'}
            </OperationDialog>
            <OperationDialog kind="discard" selection={{ by: 'filter', ...filter }} mayAct={mayAct}>
              {isFiltered ? 'Discard all matching…' : 'Discard all…'}
            </OperationDialog>
          </span>
        )}
      </div>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <DeadLetterFilterForm filter={filter} by={by} />
        {groups.length > 0 && <GroupBy by={by} filter={filter} />}
      </div>
      {groups.length === 0 ? (
        <EmptyState title={isFiltered ? 'Nothing that died matches' : 'Nothing is dead'}>
          {isFiltered
            ? 'Try fewer words, or none.'
            : 'When a handler gives a delivery up, it waits here for you to retry or to discard it.'}
        </EmptyState>
      ) : (
        sectionsOf(groups, by).map(([title, own]) => (
          <section key={title} aria-label={title || undefined} className="mb-6 last:mb-0">
            {title && (
              <h2 className="mb-2 font-mono text-sm font-semibold [overflow-wrap:anywhere]">
                {title} <span className="font-sans font-normal text-muted">{own.length}</span>
              </h2>
            )}
            <ul aria-label="Groups of dead letters" className="grid gap-2">
              {own.map((group) => (
                <DeadLetterGroupCard key={group.fingerprint} group={group} mayAct={mayAct} />
              ))}
            </ul>
          </section>
        ))
      )}
      {next && (
        <Button variant="quiet" size="small" className="mt-4" onClick={loadMore}>
          Older groups
        </Button>
      )}
    </div>
  )
}

/** The newest groups as they are now, and older ones as they were when they were loaded. */
function useGroups(initial: DeadLetterGroups, filter: DeadLetterFilter) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [older, setOlder] = useState<DeadLetterGroups | null>(null)
  const request = { ...filter, limit: PAGE }
  const { data } = useQuery(
    trpc.inspector.deadLetters.queryOptions(request, { initialData: initial, refetchInterval: REFRESH_MS }),
  )
  const next = older ? older.next : data.next
  const loadMore = async () => {
    if (!next) return
    const page = await client.fetchQuery(trpc.inspector.deadLetters.queryOptions({ ...request, before: next }))
    setOlder((known) => ({ ...page, groups: [...(known?.groups ?? []), ...page.groups] }))
  }
  const shown = new Set(data.groups.map((each) => each.fingerprint))
  const groups = [...data.groups, ...(older?.groups ?? []).filter((each) => !shown.has(each.fingerprint))]
  return { groups, total: data.total, next, loadMore: () => void loadMore() }
}
