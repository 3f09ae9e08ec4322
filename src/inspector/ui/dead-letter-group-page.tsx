'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { EmptyState } from '../../web/components/empty-state.tsx'
import { ForeignText } from '../../web/components/foreign-text.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { DeadLetter, DeadLetterGroupDetail } from '../model/dead-letters.ts'
import { countWord, Seen } from './dead-letter-group-card.tsx'
import { DeadLetterRow } from './dead-letter-row.tsx'
import { ExportMenu } from './dead-letters/export-menu.tsx'
import { GroupFacts } from './dead-letters/group-facts.tsx'
import { OlderButton } from './older-button.tsx'
import { OperationDialog } from './operation-dialog.tsx'
import { Stack } from './stack.tsx'
import { useTitleOf } from './use-title-of.ts'
import { WayBack } from './way-back.tsx'

const REFRESH_MS = 3_000
const PAGE = 100

interface Props {
  initial: DeadLetterGroupDetail
  mayAct: boolean
}

/** What failed in one way: the error, and every delivery of it. */
export function DeadLetterGroupPage({ initial, mayAct }: Props) {
  const { group, rows, next, loadMore } = useGroup(initial)
  const titleOf = useTitleOf()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) =>
    setChosen((known) => (known.has(id) ? new Set([...known].filter((each) => each !== id)) : new Set([...known, id])))
  // What was resolved meanwhile is not there to be chosen any more.
  const selected = rows.filter((each) => chosen.has(each.deliveryId)).map((each) => each.deliveryId)
  const selection =
    selected.length > 0
      ? ({ by: 'ids', deliveryIds: selected } as const)
      : ({ by: 'group', fingerprint: initial.fingerprint } as const)
  const which = selected.length > 0 ? `${selected.length} selected` : 'all'
  return (
    <div className="room">
      <WayBack href="/inspector/dead-letters" to="Dead letters" />
      <Header group={group} />
      {group && <GroupFacts group={group} mayAct={mayAct} />}
      {group ? (
        <>
          <div className="mt-6 mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
            <h2 className="font-semibold">
              {countWord(group.count)} {group.count === 1 ? 'delivery' : 'deliveries'}
            </h2>
            <span className="ml-auto flex flex-wrap gap-2">
              <OperationDialog kind="retry" selection={selection} mayAct={mayAct}>
                {`Retry ${which}…`}
              </OperationDialog>
              {selected.length === 0 && group.count > 1 && (
                <OperationDialog kind="retry" selection={selection} staging="one-first" mayAct={mayAct}>
                  Retry one first…
                </OperationDialog>
              )}
              <OperationDialog kind="discard" selection={selection} mayAct={mayAct}>
                {`Discard ${which}…`}
              </OperationDialog>
              <ExportMenu selection={selection} />
            </span>
          </div>
          <ul aria-label="Dead letters" className="overflow-hidden rounded-md border border-line bg-raised">
            {rows.map((row) => (
              <DeadLetterRow
                key={row.deliveryId}
                row={row}
                title={titleOf(row.messageName)}
                isChosen={chosen.has(row.deliveryId)}
                onToggle={toggle}
              />
            ))}
          </ul>
          {next && <OlderButton onLoad={loadMore}>ones</OlderButton>}
        </>
      ) : (
        <EmptyState title="Nothing of this group is dead any more">
          Every delivery of it was retried or discarded.
        </EmptyState>
      )}
    </div>
  )
}

function Header({ group }: { group: DeadLetterGroupDetail | null }) {
  if (!group) return null
  const { error, subscription } = group
  return (
    <div className="flex flex-wrap items-start gap-x-8 gap-y-3">
      <div className="min-w-0 flex-[1_1_20rem]">
        <p className="font-mono text-sm [overflow-wrap:anywhere] text-muted">{subscription}</p>
        <h1 className="mt-1 text-2xl font-semibold tracking-tight break-words">
          {error && (
            <span className="text-danger">
              <ForeignText text={error.name} />:{' '}
            </span>
          )}
          <ForeignText text={group.lastError || 'no text'} />
        </h1>
        {error?.stack && (
          <div className="mt-2 max-w-3xl">
            <Stack stack={error.stack} />
          </div>
        )}
      </div>
      <Seen group={group} />
    </div>
  )
}

/** The newest rows as they are now, and older ones as they were when they were loaded; null when all are resolved. */
function useGroup(initial: DeadLetterGroupDetail) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [older, setOlder] = useState<Pick<DeadLetterGroupDetail, 'rows' | 'next'> | null>(null)
  const request = { fingerprint: initial.fingerprint, limit: PAGE }
  const { data: group } = useQuery(
    trpc.inspector.deadLetterGroup.queryOptions(request, { initialData: initial, refetchInterval: REFRESH_MS }),
  )
  const next = older ? older.next : (group?.next ?? null)
  const loadMore = async () => {
    if (!next) return
    const page = await client.fetchQuery(trpc.inspector.deadLetterGroup.queryOptions({ ...request, before: next }))
    setOlder((known) => ({ rows: [...(known?.rows ?? []), ...(page?.rows ?? [])], next: page?.next ?? null }))
  }
  const newest: DeadLetter[] = group?.rows ?? []
  const shown = new Set(newest.map((each) => each.deliveryId))
  const rows = [...newest, ...(older?.rows ?? []).filter((each) => !shown.has(each.deliveryId))]
  return { group, rows, next, loadMore: () => void loadMore() }
}
