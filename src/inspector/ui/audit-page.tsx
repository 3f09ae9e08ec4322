'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { EmptyState } from '../../web/components/empty-state.tsx'
import { ForeignText } from '../../web/components/foreign-text.tsx'
import { Link } from '../../web/components/link.tsx'
import { Moment } from '../../web/components/moment.tsx'
import { SEGMENTS, segmentLook } from '../../web/components/segments.ts'
import { useTRPC } from '../../web/trpc/client.tsx'
import { type AuditPage as AuditPageView, type AuditRow, actionWords, detailWords, isId } from '../model/audit.ts'
import { useLights } from './follow/followed-key.ts'
import { lit } from './follow/lit.ts'
import { OlderButton } from './older-button.tsx'

const REFRESH_MS = 5_000

interface Props {
  initial: AuditPageView
  operatorsOnly: boolean
  /** Who looks. */
  userId: string
}

/** Who did what in the inspector, or all that is kept about persons; the newest first. */
export function AuditPage({ initial, operatorsOnly, userId }: Props) {
  const trpc = useTRPC()
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    trpc.inspector.audit.infiniteQueryOptions(
      { operatorsOnly },
      {
        getNextPageParam: ({ next }) => next,
        initialData: { pages: [initial], pageParams: [null] },
        refetchInterval: REFRESH_MS,
      },
    ),
  )
  const rows = data.pages.flatMap((page) => page.rows)
  return (
    <div className="room">
      <div className="mb-4 flex flex-wrap items-center gap-x-5 gap-y-2">
        <h1 className="text-2xl font-semibold tracking-tight">Audit</h1>
        <nav aria-label="What is shown" className={SEGMENTS}>
          <Which href="/inspector/audit" isHere={operatorsOnly}>
            What operators did
          </Which>
          <Which href="/inspector/audit?of=everything" isHere={!operatorsOnly}>
            Everything
          </Which>
        </nav>
        <p className="text-sm text-muted">Entries are added, never changed.</p>
      </div>
      {rows.length === 0 ? (
        <EmptyState title="Nothing yet">
          Every retry, discard, pause and limit that an operator sets is kept here, with who did it and why.
        </EmptyState>
      ) : (
        <ul aria-label="Audit" className="divide-y divide-line rounded-md border border-line bg-raised">
          {rows.map((row) => (
            <Entry key={row.id} row={row} isOwn={row.actorId === userId} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <OlderButton isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()}>
          entries
        </OlderButton>
      )}
    </div>
  )
}

function Entry({ row, isOwn }: { row: AuditRow; isOwn: boolean }) {
  const lights = useLights()
  return (
    <li
      {...lit(row.messageId !== null && lights?.message({ messageId: row.messageId }))}
      className="grid gap-x-5 gap-y-1 px-4 py-2.5 text-sm lg:grid-cols-[13rem_9rem_15rem_minmax(0,1fr)_auto]"
    >
      <span className="text-muted">
        <span className="font-mono">{row.at.slice(0, 10)}</span> <Moment iso={row.at} to="seconds" />
      </span>
      <span className="truncate">
        {row.actorId === null ? (
          <span className="text-muted">the system</span>
        ) : (
          <Link
            href={`/inspector/key/${row.actorId}`}
            className="underline-offset-4 hover:underline"
            title={row.actorId}
          >
            {isOwn ? 'you' : <span className="font-mono text-xs">{row.actorId.slice(-12)}</span>}
          </Link>
        )}
      </span>
      <span className="font-medium">{actionWords(row.action)}</span>
      <span className="min-w-0 [overflow-wrap:anywhere] text-muted">
        {row.subjectId && (
          <Link
            href={`/inspector/go/${row.subjectId}`}
            prefetch={false}
            className="mr-3 font-mono text-xs text-ink underline-offset-4 hover:underline"
          >
            {row.subjectId}
          </Link>
        )}
        {row.details.map(([name, value]) => (
          <span key={name} className="mr-3 inline-block">
            {detailWords(name)}{' '}
            <span className={isId(value) ? 'font-mono text-xs text-ink' : 'text-ink'}>
              <ForeignText text={value} />
            </span>
          </span>
        ))}
      </span>
      {row.messageId && (
        <Link
          href={`/inspector/m/${row.messageId}`}
          prefetch={false}
          className="text-accent underline-offset-4 hover:underline"
        >
          Message
        </Link>
      )}
    </li>
  )
}

function Which({ href, isHere, children }: { href: string; isHere: boolean; children: string }) {
  return (
    <Link href={href} aria-current={isHere ? 'page' : undefined} className={segmentLook(isHere)}>
      {children}
    </Link>
  )
}
