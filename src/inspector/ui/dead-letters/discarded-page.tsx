'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { EmptyState } from '../../../web/components/empty-state.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { DeadLetterFilter } from '../../model/dead-letters.ts'
import type { DiscardedPage as DiscardedPageView } from '../../model/discarded.ts'
import { DeadLetterFilterForm } from '../dead-letter-filter.tsx'
import { OlderButton } from '../older-button.tsx'
import { useActions } from '../use-actions.ts'
import { useKeptFocus } from '../use-kept-focus.ts'
import { useNow } from '../use-now.ts'
import { DeadOrDiscarded } from './dead-or-discarded.tsx'
import { DiscardedRow } from './discarded-row.tsx'

const REFRESH_MS = 3_000

interface Props {
  initial: DiscardedPageView
  filter: DeadLetterFilter
  mayAct: boolean
}

/** What was put aside, the newest first: who did it and why, and the way back for as long as there is one. */
export function DiscardedPage({ initial, filter, mayAct }: Props) {
  const trpc = useTRPC()
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    trpc.inspector.discarded.infiniteQueryOptions(filter, {
      getNextPageParam: ({ next }) => next,
      initialData: { pages: [initial], pageParams: [null] },
      refetchInterval: REFRESH_MS,
    }),
  )
  const list = useRef<HTMLDivElement>(null)
  useKeptFocus(list, 'a')
  const now = useNow(true)
  const { undo } = useActions()
  const rows = data.pages.flatMap((page) => page.rows)
  const isFiltered = filter.subscription !== null || filter.text !== null
  return (
    <div className="room">
      <div className="mb-4 flex flex-wrap items-center gap-x-5 gap-y-3">
        <h1 className="text-2xl font-semibold tracking-tight">Dead letters</h1>
        <DeadOrDiscarded status="discarded" />
        <span className="text-sm text-muted">Their handlers do not run, until somebody restores them.</span>
      </div>
      <div className="mb-5">
        <DeadLetterFilterForm filter={filter} kept={{ status: 'discarded' }} />
      </div>
      {rows.length === 0 ? (
        <EmptyState title={isFiltered ? 'Nothing that was discarded matches' : 'Nothing is discarded'}>
          {isFiltered
            ? 'Try fewer words, or none.'
            : 'What you discard, or cancel before its time, is kept here, with who did it and why. You can restore it until its message is removed.'}
        </EmptyState>
      ) : (
        <div ref={list}>
          <ul aria-label="Discarded" className="overflow-hidden rounded-md border border-line bg-raised">
            {rows.map((row) => (
              <DiscardedRow key={row.deliveryId} row={row} now={now} mayAct={mayAct} onRestore={undo} />
            ))}
          </ul>
        </div>
      )}
      {hasNextPage && (
        <OlderButton isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()}>
          ones
        </OlderButton>
      )}
    </div>
  )
}
