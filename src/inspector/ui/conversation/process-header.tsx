'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link } from '../../../web/components/link.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { type SteppedProcess, standAt, stateWords } from '../../model/process-view.ts'
import type { Timeline } from '../../model/timeline/timeline.ts'
import { useLights } from '../follow/followed-key.ts'
import { lit } from '../follow/lit.ts'
import { ProcessStatusWord } from '../process-status.tsx'
import { ShownValues } from '../shown-values.tsx'
import { useIsRecorded } from './message-link.tsx'

interface Props {
  initial: SteppedProcess[]
  timeline: Timeline
  /** Where the playhead is; null at the present. */
  time: number | null
}

/** What the conversation is about in the business's own words: each process that it started, and where that is. */
export function ProcessHeader({ initial, timeline, time }: Props) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const { conversationId } = timeline
  const { data } = useQuery(
    trpc.inspector.processesOf.queryOptions(
      { conversationId },
      { initialData: initial, staleTime: Number.POSITIVE_INFINITY },
    ),
  )
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // A step of a process is a change of the conversation. What keeps changing puts nothing off.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each change
  useEffect(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      void client.invalidateQueries(trpc.inspector.processesOf.queryFilter({ conversationId }))
    }, 500)
  }, [timeline, client, trpc, conversationId])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation asks for itself
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [conversationId],
  )
  return <Processes processes={data} time={time} />
}

/** Processes as they stood at the playhead. */
export function Processes({ processes, time }: { processes: readonly SteppedProcess[]; time: number | null }) {
  if (processes.length === 0) return null
  return (
    <ul aria-label="Processes" className="mb-3 grid gap-2">
      {processes.map((each) => (
        <Instance key={`${each.process} ${each.key}`} instance={each} time={time} />
      ))}
    </ul>
  )
}

function Instance({ instance, time }: { instance: SteppedProcess; time: number | null }) {
  const { process, key, waitingFor, shown } = instance
  const stand = standAt(instance, time)
  const isRecorded = useIsRecorded()
  const lights = useLights()
  return (
    <li
      {...lit(lights?.process(process, key))}
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-l-2 border-line pl-3 text-sm"
    >
      {isRecorded ? (
        <span className="font-semibold">{process}</span>
      ) : (
        <Link
          href={`/inspector/processes/${encodeURIComponent(process)}/${encodeURIComponent(key)}`}
          className="font-semibold underline-offset-4 hover:underline"
        >
          {process}
        </Link>
      )}
      {stand ? (
        <>
          <ProcessStatusWord status={stand.status} />
          <span>{stateWords(stand.state).join(' · ')}</span>
          <span className="text-muted">step {stand.version}</span>
        </>
      ) : (
        <span className="text-muted">has not begun</span>
      )}
      {time === null && instance.status === 'running' && waitingFor.length > 0 && (
        <span className="text-muted">waits for {waitingFor.map((each) => each.what).join(', ')}</span>
      )}
      <span className="font-mono text-xs break-all text-muted">{key}</span>
      {/* What it remembered at a moment of the past is told by its own page. */}
      {stand && <ShownValues shown={time === null ? shown : shown.filter((each) => each.isOfStart)} />}
    </li>
  )
}
