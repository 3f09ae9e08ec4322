'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { EmptyState } from '../../../web/components/empty-state.tsx'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { Link } from '../../../web/components/link.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { TypeRow } from '../../model/types/type-view.ts'
import { Sparkline } from '../charts/sparkline.tsx'
import { FindField, useFind } from '../find-field.tsx'
import { useLights } from '../follow/followed-key.ts'
import { lit } from '../follow/lit.ts'
import { msOf, shareOf } from '../handlers/handler-row.tsx'
import { RangePicker } from '../range-picker.tsx'
import { slipCells } from '../slip-cells.tsx'
import { useRange } from '../use-range.ts'

const { Cell, Value } = slipCells('lg')

const REFRESH_MS = 3_000

interface Props {
  initial: TypeRow[]
  range: string
}

/** Every type of message of this build, by the module that owns it. */
export function TypesPage({ initial, range: first }: Props) {
  const trpc = useTRPC()
  const { range, choose } = useRange()
  const search = useFind()
  const { data, isError } = useQuery(
    trpc.inspector.types.queryOptions(
      { range },
      {
        refetchInterval: REFRESH_MS,
        placeholderData: keepPreviousData,
        ...(range === first && { initialData: initial }),
      },
    ),
  )
  const types = data ?? initial
  const shown = types.filter(({ name, kind, description }) => search.isFound(`${name} ${kind} ${description ?? ''}`))
  const commands = types.filter((each) => each.kind === 'command').length
  return (
    <div className="room">
      <div className="mb-3 flex flex-wrap items-center gap-x-5 gap-y-2">
        <h1 className="text-2xl font-semibold tracking-tight">Types</h1>
        <p className="text-sm text-muted">
          {commands} commands, {types.length - commands} events.{' '}
          <Link href="/inspector/topology" className="text-accent underline underline-offset-4">
            As a map
          </Link>
        </p>
        <span className="ml-auto flex flex-wrap items-center gap-3 max-sm:ml-0">
          <FindField label="Find a type" search={search} />
          <RangePicker range={range} onChoose={choose} />
        </span>
      </div>
      {isError && <Notice title="The types could not be read again">What you see is as of a while ago.</Notice>}
      {shown.length === 0 ? (
        <EmptyState title="No type is called that">Try fewer letters, or none.</EmptyState>
      ) : (
        <TypeTable types={shown} />
      )}
    </div>
  )
}

const COLUMNS = ['Type', 'Versions', 'Handlers', 'Sent', 'Trend', 'Errors', 'p50', 'p95'] as const
const NUMBERS: readonly string[] = ['Versions', 'Handlers', 'Sent', 'Errors', 'p50', 'p95']

function TypeTable({ types }: { types: readonly TypeRow[] }) {
  return (
    <table aria-label="Types" className="w-full text-sm max-lg:block">
      <thead className="max-lg:hidden">
        <tr className="border-b border-line text-left text-xs text-muted">
          {COLUMNS.map((each) => (
            <th
              key={each}
              scope="col"
              className={clsx('py-2 pr-3 font-medium last:pr-0', NUMBERS.includes(each) && 'text-right')}
            >
              {each}
            </th>
          ))}
        </tr>
      </thead>
      {[...Map.groupBy(types, (each) => each.owner)].map(([owner, own]) => (
        <tbody key={owner} className="max-lg:mb-6 max-lg:grid max-lg:gap-2 md:max-lg:grid-cols-2">
          <tr className="max-lg:block md:max-lg:col-span-2">
            <th
              scope="rowgroup"
              colSpan={COLUMNS.length}
              className="pt-6 pb-1.5 text-left text-sm font-semibold max-lg:block max-lg:pt-0"
            >
              {owner} <span className="ml-1 font-normal text-muted">{own.length}</span>
            </th>
          </tr>
          {own.map((type) => (
            <Row key={type.name} type={type} />
          ))}
        </tbody>
      ))}
    </table>
  )
}

function Row({ type }: { type: TypeRow }) {
  const { name, description, kind, versions, handlers, sent, trend, errorShare, percentiles } = type
  const lights = useLights()
  return (
    <tr
      {...lit(lights?.type(name))}
      className="border-b border-line max-lg:grid max-lg:grid-cols-3 max-lg:content-start max-lg:gap-x-4 max-lg:gap-y-2 max-lg:rounded-md max-lg:border max-lg:bg-raised max-lg:p-3"
    >
      <Cell className="max-lg:col-span-3">
        <span className="flex items-center gap-2">
          <KindMark kind={kind} />
          <Link
            href={`/inspector/types/${encodeURIComponent(name)}`}
            className="min-w-0 font-medium [overflow-wrap:anywhere] underline-offset-4 hover:underline"
          >
            <DottedName name={name} />
          </Link>
        </span>
        {description && (
          <p className="mt-0.5 max-w-prose pl-[1.375rem] text-xs text-pretty text-muted">{description}</p>
        )}
      </Cell>
      <Value label="Versions">{versions.map((each) => `v${each}`).join(', ')}</Value>
      <Value label="Handlers">{handlers}</Value>
      <Value label="Sent">{sent.toLocaleString('en')}</Value>
      <Cell className={clsx('w-32 max-lg:col-span-3 max-lg:w-auto', sent === 0 && 'max-lg:hidden')}>
        <Sparkline values={trend} />
      </Cell>
      <Value label="Errors" isBad={errorShare > 0}>
        {shareOf(errorShare)}
      </Value>
      <Value label="p50">{msOf(percentiles?.p50)}</Value>
      <Value label="p95">{msOf(percentiles?.p95)}</Value>
    </tr>
  )
}
