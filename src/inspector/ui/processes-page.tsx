'use client'
import clsx from 'clsx'
import type { ProcessStatus } from '../../bus/index.ts'
import { EmptyState } from '../../web/components/empty-state.tsx'
import { Link } from '../../web/components/link.tsx'
import { SEGMENTS, segmentLook } from '../../web/components/segments.ts'
import { formatMs } from '../model/durations.ts'
import { isOverdue, type ProcessRow, stateWords } from '../model/process-view.ts'
import { Ago } from './ago.tsx'
import { ConnectionWord } from './connection-word.tsx'
import { useLights } from './follow/followed-key.ts'
import { lit } from './follow/lit.ts'
import { OlderButton } from './older-button.tsx'
import { ProcessStatusWord } from './process-status.tsx'
import { useNow } from './use-now.ts'
import { useProcesses } from './use-processes.ts'

const STATUSES = [null, 'running', 'completed', 'failed'] as const

interface Props {
  initial: ProcessRow[]
  status: ProcessStatus | null
}

/** Every instance of every process: where it is, and what it waits for. */
export function ProcessesPage({ initial, status }: Props) {
  const { rows, connection, loadOlder, hasOlder } = useProcesses(initial, status)
  const now = useNow(true)
  return (
    <div className="room">
      <div className="mb-4 flex flex-wrap items-center gap-x-5 gap-y-2">
        <h1 className="text-2xl font-semibold tracking-tight">Processes</h1>
        <ConnectionWord connection={connection} />
        <StatusFilter status={status} />
      </div>
      {rows.length === 0 ? <Nothing status={status} /> : <ProcessTable rows={rows} now={now} />}
      {hasOlder && <OlderButton onLoad={loadOlder}>ones</OlderButton>}
    </div>
  )
}

function StatusFilter({ status }: { status: ProcessStatus | null }) {
  return (
    <nav aria-label="Status" className={clsx(SEGMENTS, 'sm:ml-auto')}>
      {STATUSES.map((each) => (
        <Link
          key={each}
          href={each ? `/inspector/processes?status=${each}` : '/inspector/processes'}
          aria-current={each === status ? 'page' : undefined}
          className={segmentLook(each === status)}
        >
          {each ?? 'all'}
        </Link>
      ))}
    </nav>
  )
}

function ProcessTable({ rows, now }: { rows: readonly ProcessRow[]; now: number | null }) {
  return (
    <div role="table" aria-label="Processes" className="overflow-hidden rounded-md border border-line bg-raised">
      <div role="row" className="process-row border-b border-line text-xs text-muted max-sm:hidden">
        {['Process', 'Status', 'Waiting for', 'Since', 'Next time-out'].map((title) => (
          <div key={title} role="columnheader">
            {title}
          </div>
        ))}
      </div>
      {rows.map((row) => (
        <ProcessLine key={`${row.process} ${row.key}`} row={row} now={now} />
      ))}
    </div>
  )
}

function ProcessLine({ row, now }: { row: ProcessRow; now: number | null }) {
  const { process, key, status, state, waitingFor, startedAt, changedAt, dueAt, finishedAt } = row
  const lights = useLights()
  const overdue = now !== null && isOverdue(row, now)
  return (
    <div
      role="row"
      {...lit(lights?.process(process, key))}
      className="process-row border-b border-line last:border-b-0 hover:bg-tint"
    >
      <div role="cell" className="min-w-0">
        <Link
          href={`/inspector/processes/${encodeURIComponent(process)}/${encodeURIComponent(key)}`}
          prefetch={false}
          title={key}
          className="text-sm font-medium underline-offset-4 hover:underline"
        >
          {process}
          <span className="block truncate font-mono text-xs font-normal text-muted">{key}</span>
        </Link>
      </div>
      <div role="cell">
        <ProcessStatusWord status={status} />
      </div>
      <div role="cell" className="min-w-0 text-sm">
        {finishedAt && (
          <span className="text-muted">
            {stateWords(state).join(' · ')} after {formatMs(Date.parse(finishedAt) - Date.parse(startedAt))}
          </span>
        )}
        {status === 'running' && waitingFor.length === 0 && (
          <span className="text-muted">at rest: {stateWords(state).join(' · ')}</span>
        )}
        {waitingFor.map((each) => (
          <span key={each.state} className="block">
            {each.what}
            {each.owes.length > 0 && <span className="text-muted">, owed by {each.owes.join(', ')}</span>}
          </span>
        ))}
      </div>
      <div role="cell" className="text-xs text-muted">
        <span className="sm:sr-only">since </span>
        <Ago iso={changedAt} now={now} />
      </div>
      <div role="cell" className="text-xs text-muted">
        {dueAt && (
          <span className={clsx(overdue && 'font-medium text-danger')}>
            <span className="sm:sr-only">{overdue ? '' : 'next time-out '}</span>
            {overdue && 'overdue since '}
            <Ago iso={dueAt} now={now} />
          </span>
        )}
      </div>
    </div>
  )
}

function Nothing({ status }: { status: ProcessStatus | null }) {
  if (status) {
    return (
      <EmptyState title={`No ${status} processes`}>
        To see those in another state, look at{' '}
        <Link href="/inspector/processes" className="text-accent underline underline-offset-4">
          all of them
        </Link>
        .
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="No processes yet"
      action={
        <Link href="/signup" className="text-accent underline underline-offset-4">
          Create an account
        </Link>
      }
    >
      A process remembers what belongs together over several messages. Every sign-up begins one: it waits for the e-mail
      to be sent and for the address to be confirmed, reminds after a day and gives up after a week.
    </EmptyState>
  )
}
