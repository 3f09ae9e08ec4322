'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { EmptyState } from '../../../web/components/empty-state.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { foldedAtFirst, graphOf, isAnythingSeen, modulesOf } from '../../model/topology/graph.ts'
import { LiveNodes, statesOf } from '../../model/topology/live.ts'
import { STATUS_WORDS, type Topology } from '../../model/topology/topology.ts'
import { RangePicker } from '../range-picker.tsx'
import { useIsNarrow } from '../use-is-narrow.ts'
import { useRange } from '../use-range.ts'
import { useTitleOf } from '../use-title-of.ts'
import { FocusBar } from './focus-bar.tsx'
import { FoldBar } from './fold-bar.tsx'
import { MapContext } from './live-context.ts'
import { OneOf } from './one-of.tsx'
import { RouteLine } from './route-line.tsx'
import { TopologyTable } from './topology-table.tsx'
import { useMapAddress } from './use-map-address.ts'

const REFRESH_MS = 2_000

const TopologyMap = dynamic(async () => (await import('./topology-map.tsx')).TopologyMap, {
  ssr: false,
  loading: () => <p className="absolute inset-0 grid place-items-center text-sm text-muted">Loading the map…</p>,
})

interface Props {
  initial: Topology
  range: string
}

/** Who sends what to whom, as it is declared and as it was seen. */
export function TopologyPage({ initial, range: first }: Props) {
  const { topology, isError, live, range, choose } = useTopology(initial, first)
  const { address, change } = useMapAddress()
  const isNarrow = useIsNarrow()
  const folded = useMemo(() => new Set(address.fold ?? foldedAtFirst(topology)), [address.fold, topology])
  const { focus, depth } = address
  const show = address.show ?? (isAnythingSeen(topology) ? 'seen' : 'all')
  const isSeenOnly = show === 'seen'
  const graph = useMemo(
    () => graphOf(topology, { folded, focus, depth, isSeenOnly }),
    [topology, folded, focus, depth, isSeenOnly],
  )
  const onChoose = useCallback(
    (id: string) => {
      if (!id.startsWith('m:')) return change({ focus: id })
      change({ fold: [...folded].filter((each) => each !== id.slice(2)) })
    },
    [change, folded],
  )
  const titleOf = useTitleOf()
  const context = useMemo(() => ({ live, onChoose, titleOf }), [live, onChoose, titleOf])
  const view = address.view ?? (isNarrow ? 'table' : 'map')
  return (
    <div className="room room-filled flex min-h-0 flex-1 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <h1 className="text-2xl font-semibold tracking-tight">Topology</h1>
        <OneOf
          label="View"
          options={{ map: 'Map', table: 'Table' }}
          chosen={view}
          onChoose={(each) => change({ view: each })}
        />
        {focus === null && (
          <OneOf
            label="What is shown"
            options={{ seen: 'Seen in this time', all: 'All that is declared' }}
            chosen={show}
            onChoose={(each) => change({ show: each })}
          />
        )}
        <span className="ml-auto max-sm:ml-0">
          <RangePicker range={range} onChoose={choose} />
        </span>
      </div>
      {isError && <Notice title="The map could not be read again">What you see is as of a while ago.</Notice>}
      <FoldBar modules={modulesOf(topology)} folded={folded} onFold={(fold) => change({ fold })} />
      <FocusBar graph={graph} address={address} change={change} />
      {graph.nodes.length === 0 ? (
        <EmptyState title="Nothing was sent in this time">
          Choose a longer time, or look at all that is declared.
        </EmptyState>
      ) : view === 'table' ? (
        <TopologyTable graph={graph} onChoose={onChoose} />
      ) : (
        <div className="relative min-h-0 flex-1 overflow-hidden rounded-md border border-line bg-paper">
          <MapContext value={context}>
            <TopologyMap graph={graph} focus={focus} />
          </MapContext>
        </div>
      )}
      <Legend isIncomplete={topology.isIncomplete} />
    </div>
  )
}

/** The structure as it was read last, and a store for what changes in it while one looks. */
function useTopology(initial: Topology, first: string) {
  const trpc = useTRPC()
  const { range, choose } = useRange()
  const [live] = useState(() => {
    const nodes = new LiveNodes()
    nodes.set(statesOf(initial))
    return nodes
  })
  const { data, isError } = useQuery(
    trpc.inspector.topology.queryOptions(
      { range },
      {
        refetchInterval: REFRESH_MS,
        placeholderData: keepPreviousData,
        ...(range === first && { initialData: initial }),
      },
    ),
  )
  const topology = data ?? initial
  useEffect(() => live.set(statesOf(topology)), [live, topology])
  return { topology, isError, live, range, choose }
}

function Legend({ isIncomplete }: { isIncomplete: boolean }) {
  return (
    <p className="flex flex-wrap items-center gap-x-5 gap-y-1 text-xs text-muted">
      {(['seen', 'declared', 'undeclared'] as const).map((status) => (
        <span key={status} className="flex items-center gap-2">
          <RouteLine status={status} /> {STATUS_WORDS[status]}
        </span>
      ))}
      <span>What handlers send is learned from what they sent in this time.</span>
      {isIncomplete && <span>Of a part of this time not everything was counted.</span>}
    </p>
  )
}
