'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { Link } from '../../../web/components/link.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { typeId } from '../../model/topology/topology.ts'
import type { TypeDetail } from '../../model/types/type-view.ts'
import { SeriesCharts } from '../charts/series-charts.tsx'
import { RangePicker, rangeWords } from '../range-picker.tsx'
import { useRange } from '../use-range.ts'
import { WayBack } from '../way-back.tsx'
import { Contract } from './contract.tsx'
import { Receivers, Senders } from './type-routes.tsx'

const REFRESH_MS = 3_000

/** One type of message: who owns, sends and handles it, what is in it, and how it did. */
export function TypePage({ initial, range: first }: { initial: TypeDetail; range: string }) {
  const trpc = useTRPC()
  const { range, choose, chooseBetween } = useRange()
  const { data, isError } = useQuery(
    trpc.inspector.type.queryOptions(
      { name: initial.name, range },
      {
        refetchInterval: REFRESH_MS,
        placeholderData: keepPreviousData,
        ...(range === first && { initialData: initial }),
      },
    ),
  )
  const type = data ?? initial
  const words = rangeWords(range)
  return (
    <div className="room grid grid-cols-1 gap-7">
      <div>
        <WayBack href="/inspector/types" to="Types" />
        <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
          <Title type={type} words={words} />
          <span className="ml-auto max-sm:ml-0">
            <RangePicker range={range} onChoose={choose} />
          </span>
        </div>
      </div>
      {isError && <Notice title="The type could not be read again">What you see is as of a while ago.</Notice>}
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
        <Senders type={type} words={words} />
        <Receivers type={type} words={words} />
      </div>
      <Contract type={type} />
      {type.isIncomplete && <p className="text-sm text-muted">Of a part of this time not everything was counted.</p>}
      <SeriesCharts series={type.series} rangeWords={words} onRange={chooseBetween} />
    </div>
  )
}

function Title({ type: { name, description, kind, owner, sent }, words }: { type: TypeDetail; words: string }) {
  return (
    <div className="min-w-0">
      <h1 className="text-2xl font-semibold tracking-tight [overflow-wrap:anywhere]">{name}</h1>
      {description && <p className="mt-1 max-w-prose">{description}</p>}
      <p className="mt-1 flex flex-wrap items-center gap-x-2 text-sm text-muted">
        <KindMark kind={kind} />
        {kind} of {owner}, {sent === 0 ? 'none' : sent.toLocaleString('en')} sent in the {words}
        <span aria-hidden="true">·</span>
        <Link
          href={`/inspector/live?q=${encodeURIComponent(`type:${name}`)}`}
          className="text-accent underline underline-offset-4"
        >
          See them live
        </Link>
        <span aria-hidden="true">·</span>
        <Link
          href={`/inspector/topology?focus=${encodeURIComponent(typeId(name))}`}
          className="text-accent underline underline-offset-4"
        >
          On the map
        </Link>
      </p>
    </div>
  )
}
