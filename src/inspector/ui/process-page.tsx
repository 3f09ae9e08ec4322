'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link } from '../../web/components/link.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import { formatMs } from '../model/durations.ts'
import { activePaths, isOverdue, type ProcessDetail, stateWords } from '../model/process-view.ts'
import { Ago } from './ago.tsx'
import { ConnectionWord } from './connection-word.tsx'
import { PayloadTree } from './payload/payload-tree.tsx'
import { usePayload } from './payload/use-payload.ts'
import { ProcessChart } from './process-chart.tsx'
import { ProcessHistory } from './process-history.tsx'
import { ProcessStatusWord } from './process-status.tsx'
import { WaitingFor } from './process-waiting.tsx'
import { ShownValues } from './shown-values.tsx'
import { useFeed } from './use-feed.ts'
import { useNow } from './use-now.ts'

/** One instance of a process: where it is, what it waits for, and how it came there. */
export function ProcessPage({ initial }: { initial: ProcessDetail }) {
  const { instance, connection } = useProcess(initial)
  const { process, key, status, state, chart, contextJson } = instance
  const now = useNow(status === 'running')
  const context = usePayload(contextJson)
  const words = stateWords(state).join(' · ')
  return (
    <div className="room">
      <div className="mb-1 flex flex-wrap items-center gap-x-4 gap-y-1">
        <h1 className="min-w-0 text-2xl font-semibold tracking-tight break-words">{process}</h1>
        <ProcessStatusWord status={status} />
        <Link
          href={`/inspector/c/${instance.conversationId}`}
          className="text-sm text-accent underline underline-offset-4"
        >
          Its conversation
        </Link>
        <span className="ml-auto">
          <ConnectionWord connection={connection} />
        </span>
      </div>
      <p className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
        <span className="font-mono text-xs leading-5 break-all">{key}</span>
        <span>
          started <Ago iso={instance.startedAt} now={now} />
        </span>
        <span>
          step {instance.version}, <Ago iso={instance.changedAt} now={now} />
        </span>
      </p>
      <ShownValues shown={instance.shown} />
      <section aria-labelledby="waiting" className="mt-6 mb-8">
        <h2 id="waiting" className="mb-2 font-semibold">
          {status === 'running' ? 'Waiting for' : 'How it ended'}
        </h2>
        {status === 'running' ? (
          <WaitingFor waiting={instance.waitingFor} now={now} />
        ) : (
          <Ending instance={instance} words={words} />
        )}
        <NextTimeOut instance={instance} now={now} />
      </section>
      <section aria-labelledby="chart" className="mb-8">
        <h2 id="chart" className="mb-2 font-semibold">
          Where it is
        </h2>
        <p className="mb-2 text-sm">{words}</p>
        {chart ? (
          <ProcessChart
            chart={chart}
            active={activePaths(state)}
            status={status}
            words={`Statechart of ${process}, now in ${words}`}
          />
        ) : (
          <p className="text-sm text-muted">This build has no such process, so there is no chart of it.</p>
        )}
      </section>
      {context && contextJson !== '{}' && (
        <section aria-labelledby="context" className="mb-8">
          <h2 id="context" className="mb-2 font-semibold">
            What it remembers
          </h2>
          <div className="rounded-md border border-line bg-raised">
            <PayloadTree source={context} />
          </div>
        </section>
      )}
      <section aria-labelledby="history">
        <h2 id="history" className="mb-2 font-semibold">
          History
        </h2>
        <ProcessHistory instance={instance} now={now} />
      </section>
    </div>
  )
}

function NextTimeOut({ instance, now }: { instance: ProcessDetail; now: number | null }) {
  const { dueAt } = instance
  if (!dueAt) return null
  if (now === null || !isOverdue(instance, now)) {
    return (
      <p className="mt-2 text-sm text-muted">
        Its next time-out comes <Ago iso={dueAt} now={now} />.
      </p>
    )
  }
  return (
    <p className="mt-2 text-sm text-danger">
      Overdue: its time-out was due <Ago iso={dueAt} now={now} /> and has not been handled.
    </p>
  )
}

function Ending({ instance: { startedAt, finishedAt, status }, words }: { instance: ProcessDetail; words: string }) {
  if (!finishedAt) return null
  const took = formatMs(Date.parse(finishedAt) - Date.parse(startedAt))
  return (
    <p className="text-sm">
      {status === 'completed' ? 'Well' : 'Not well'}: {words}, {took} after it began. It takes no more messages.
    </p>
  )
}

/** The instance as it is now: read again whenever something of its conversation has changed. */
function useProcess(initial: ProcessDetail) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const { process: name, key, conversationId } = initial
  const { data } = useQuery(
    trpc.inspector.process.queryOptions({ name, key }, { initialData: initial, staleTime: Number.POSITIVE_INFINITY }),
  )
  const { messages, connection } = useFeed({ room: 'conversation', conversationId }, [])
  useEffect(() => {
    if (messages.length > 0) void client.invalidateQueries(trpc.inspector.process.queryFilter({ name, key }))
  }, [client, trpc, name, key, messages])
  return { instance: data ?? initial, connection }
}
