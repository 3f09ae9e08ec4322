'use client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '../../web/components/link.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import { type RecurringView, untilWords } from '../model/scheduled-view.ts'
import { DueAt } from './due-at.tsx'

const REFRESH_MS = 10_000

/** What is sent again and again, by the clock: the next times, and the newest one. */
export function RecurringList({ initial, now }: { initial: RecurringView[]; now: number | null }) {
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.inspector.recurring.queryOptions(undefined, { initialData: initial, refetchInterval: REFRESH_MS }),
  )
  if (data.length === 0) return null
  return (
    <section className="mt-10">
      <h2 className="mb-3 text-lg font-semibold tracking-tight">Recurring</h2>
      <ul aria-label="Recurring" className="divide-y divide-line rounded-md border border-line bg-raised">
        {data.map((each) => (
          <li key={each.name} className="flex flex-wrap gap-x-6 gap-y-2 px-4 py-3">
            <div className="min-w-0 flex-1 basis-72">
              <p className="font-mono text-sm font-medium break-words">{each.name}</p>
              <p className="text-xs break-words text-muted">
                sends <span className="font-mono">{each.message}</span> at{' '}
                <span className="font-mono whitespace-nowrap">{each.cron}</span>, {each.timeZone}
              </p>
              {each.last && (
                <p className="mt-1 text-xs">
                  <Link
                    href={`/inspector/m/${each.last.messageId}`}
                    className="text-accent underline underline-offset-4"
                  >
                    The last one
                  </Link>{' '}
                  <span className="text-muted">
                    was due <DueAt iso={each.last.dueAt} isLocal={now !== null} />
                  </span>
                </p>
              )}
            </div>
            <ol aria-label={`Next times of ${each.name}`} className="basis-80 text-sm">
              {each.next.map((due) => (
                <li key={due} className="flex gap-3">
                  <DueAt iso={due} isLocal={now !== null} />
                  <span className="text-xs leading-5 text-muted">
                    {now === null ? '' : untilWords(Date.parse(due) - now)}
                  </span>
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ul>
    </section>
  )
}
