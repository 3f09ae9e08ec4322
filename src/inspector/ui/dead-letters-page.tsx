'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { EmptyState } from '../../web/components/empty-state.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import type {
  DeadLetterFilter,
  DeadLetterGroup,
  DeadLetterGroups,
  DeadLetterSection,
  Grouping,
} from '../model/dead-letters.ts'
import { DeadLetterFilterForm } from './dead-letter-filter.tsx'
import { DeadOrDiscarded } from './dead-letters/dead-or-discarded.tsx'
import { ExportMenu } from './dead-letters/export-menu.tsx'
import { GroupBy } from './dead-letters/group-by.tsx'
import { GroupSection } from './dead-letters/group-section.tsx'
import { OlderButton } from './older-button.tsx'
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
  const { sections, total, next, loadMore } = useGroups(initial, filter, by)
  const shown = sections.reduce((sum, each) => sum + each.groups.length, 0)
  const isFiltered = filter.subscription !== null || filter.text !== null
  return (
    <div className="room">
      <div className="mb-4 flex flex-wrap items-center gap-x-5 gap-y-3">
        <h1 className="text-2xl font-semibold tracking-tight">Dead letters</h1>
        <DeadOrDiscarded status="dead" />
        <span className="text-sm text-muted">
          {total === 1 ? '1 kind of failure' : `${total} kinds of failure`}
          {isFiltered && `, ${shown} shown`}
        </span>
        {shown > 0 && (
          <span className="ml-auto flex gap-2 max-sm:ml-0">
            <OperationDialog kind="retry" selection={{ by: 'filter', ...filter }} mayAct={mayAct}>
              {isFiltered ? 'Retry all matching…' : 'Retry all…'}
            </OperationDialog>
            <OperationDialog kind="discard" selection={{ by: 'filter', ...filter }} mayAct={mayAct}>
              {isFiltered ? 'Discard all matching…' : 'Discard all…'}
            </OperationDialog>
            <ExportMenu selection={{ by: 'filter', ...filter }} />
          </span>
        )}
      </div>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <DeadLetterFilterForm filter={filter} kept={by === 'failure' ? {} : { by }} />
        {shown > 0 && <GroupBy by={by} filter={filter} />}
      </div>
      {shown === 0 ? (
        <EmptyState title={isFiltered ? 'Nothing that died matches' : 'Nothing is dead'}>
          {isFiltered
            ? 'Try fewer words, or none.'
            : 'When a handler gives a delivery up, it waits here for you to retry or to discard it.'}
        </EmptyState>
      ) : (
        sections.map((section) => <GroupSection key={section.title} section={section} mayAct={mayAct} />)
      )}
      {next && <OlderButton onLoad={loadMore}>groups</OlderButton>}
    </div>
  )
}

/**
 * The newest groups as they are now, and older ones as they were when they were loaded. What is put together in
 * sections has all of them on one page.
 */
function useGroups(initial: DeadLetterGroups, filter: DeadLetterFilter, by: Grouping) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [older, setOlder] = useState<Pick<DeadLetterGroups, 'next'> & { groups: DeadLetterGroup[] }>()
  const request = { ...filter, by, limit: PAGE }
  const { data } = useQuery(
    trpc.inspector.deadLetters.queryOptions(request, { initialData: initial, refetchInterval: REFRESH_MS }),
  )
  const next = older ? older.next : data.next
  const loadMore = async () => {
    if (!next) return
    const page = await client.fetchQuery(trpc.inspector.deadLetters.queryOptions({ ...request, before: next }))
    const more = page.sections.flatMap(({ groups }) => groups)
    setOlder((known) => ({ next: page.next, groups: [...(known?.groups ?? []), ...more] }))
  }
  const sections = older ? [withOlder(data.sections[0], older.groups)] : data.sections
  return { sections, total: data.total, next, loadMore: () => void loadMore() }
}

function withOlder(newest: DeadLetterSection | undefined, older: readonly DeadLetterGroup[]): DeadLetterSection {
  const shown = new Set(newest?.fingerprints)
  const groups = [...(newest?.groups ?? []), ...older.filter((each) => !shown.has(each.fingerprint))]
  const fingerprints = groups.map((each) => each.fingerprint)
  return { title: '', count: groups.reduce((sum, each) => sum + each.count, 0), groups, fingerprints }
}
