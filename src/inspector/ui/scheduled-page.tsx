'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from '../../web/components/button.tsx'
import { EmptyState } from '../../web/components/empty-state.tsx'
import { Link } from '../../web/components/link.tsx'
import { Notice } from '../../web/components/notice.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import { byMessage, type RecurringView, type ScheduledDelivery } from '../model/scheduled-view.ts'
import { RecurringList } from './recurring-list.tsx'
import { ScheduledItem } from './scheduled-item.tsx'
import { useNow } from './use-now.ts'
import { useSchedulingActions } from './use-scheduling-actions.ts'

const REFRESH_MS = 5_000
const PAGE = 100

interface Props {
  initial: ScheduledDelivery[]
  recurring: RecurringView[]
  mayAct: boolean
}

/** Every message that is due later, the next first, what recurs, and what can be done about it. */
export function ScheduledPage({ initial, recurring, mayAct }: Props) {
  const { deliveries, isError, hasMore, loadMore } = useScheduled(initial)
  const actions = useSchedulingActions()
  const now = useNow(true)
  return (
    <div className="room">
      <div className="mb-3 flex flex-wrap items-baseline gap-x-5 gap-y-1">
        <h1 className="text-2xl font-semibold tracking-tight">Scheduled</h1>
        <Link
          href="/inspector/dead-letters?status=discarded"
          className="text-sm text-accent underline underline-offset-4"
        >
          What was cancelled
        </Link>
      </div>
      {isError && <Notice title="The list could not be read again">What you see is as of a while ago.</Notice>}
      {deliveries.length === 0 ? (
        <EmptyState title="Nothing is scheduled">
          A message that is sent with a time (<code className="font-mono text-sm">{'{ at }'}</code>) waits here until
          then, and can be cancelled or given another time.
        </EmptyState>
      ) : (
        <ul aria-label="Scheduled" className="divide-y divide-line rounded-md border border-line bg-raised">
          {byMessage(deliveries).map((message) => (
            <ScheduledItem key={message.messageId} message={message} now={now} mayAct={mayAct} actions={actions} />
          ))}
        </ul>
      )}
      {hasMore && (
        <Button variant="quiet" size="small" className="mt-3" onClick={loadMore}>
          Show what is due after that
        </Button>
      )}
      <RecurringList initial={recurring} now={now} />
    </div>
  )
}

function useScheduled(initial: ScheduledDelivery[]) {
  const trpc = useTRPC()
  const { data, isError, hasNextPage, fetchNextPage } = useInfiniteQuery(
    trpc.inspector.scheduled.infiniteQueryOptions(
      { limit: PAGE },
      {
        initialData: { pages: [{ rows: initial }], pageParams: [null] },
        refetchInterval: REFRESH_MS,
        initialCursor: null,
        getNextPageParam: ({ rows }) => (rows.length < PAGE ? null : (rows.at(-1) ?? null)),
      },
    ),
  )
  return {
    deliveries: data.pages.flatMap((page) => page.rows),
    isError,
    hasMore: hasNextPage,
    loadMore: () => void fetchNextPage(),
  }
}
