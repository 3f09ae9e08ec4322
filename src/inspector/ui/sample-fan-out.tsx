'use client'
import { useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useRef } from 'react'
import type { DeliveryState } from '../../bus/message.ts'
import { DottedName } from '../../web/components/dotted-name.tsx'
import { KindMark } from '../../web/components/kind-mark.tsx'
import { Moment } from '../../web/components/moment.tsx'
import { StateGlyph, StateWord } from '../../web/components/state-glyph.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import { commandAt, laneAt, momentsOf } from '../model/playback.ts'
import { rollUp } from '../model/roll-up.ts'
import type { SampleView } from '../model/view.ts'
import { type Edge, Edges, node } from './edges.tsx'
import { EVENT, EXAMPLE } from './sample-example.ts'
import { usePlayback } from './use-playback.ts'

const REFETCH_MS = 3_000

/** The fan-out of the newest sign-up of this instance, or an example that says that it is one; played once, slowly. */
export function SampleFanOut({ initial }: { initial: SampleView | null }) {
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.inspector.sample.queryOptions(undefined, { initialData: initial, refetchInterval: REFETCH_MS }),
  )
  const sample = data ?? EXAMPLE
  const figure = useRef<HTMLDivElement>(null)
  const event = sample.messages.find((each) => each.name === EVENT)
  const command = sample.messages.find((each) => each.kind === 'command')
  const lanes = event?.deliveries ?? []
  const { moment, replay } = usePlayback(sample.at, momentsOf(lanes.length))
  if (!event || !command) return null
  const end = (name: string) =>
    rollUp(sample.messages.find((each) => each.name === name)?.deliveries.map((each) => each.state) ?? [])
  const played = lanes.map((lane, index) => ({
    ...lane,
    now: laneAt(moment, index, lane.state),
    emitted: lane.state === 'succeeded' ? Map.groupBy(lane.emitted, (each) => each) : new Map<string, string[]>(),
  }))
  const commandNow = commandAt(moment, end(command.name) ?? 'succeeded')
  return (
    <figure className="min-w-0 border-y border-line">
      <figcaption className="flex items-center justify-between gap-4 py-3 text-sm text-muted">
        {data ? (
          <span>
            The newest sign-up here, at <Moment iso={data.at} to="seconds" />, played slowly
          </span>
        ) : (
          'An example, until somebody signs up'
        )}
        <button
          type="button"
          onClick={replay}
          className="-mr-2 inline-flex h-8 items-center gap-1.5 rounded px-2 whitespace-nowrap hover:bg-tint hover:text-ink"
        >
          <RotateCcw size={13} aria-hidden="true" />
          Play again
        </button>
      </figcaption>
      <div
        ref={figure}
        className="relative grid items-center gap-x-14 gap-y-5 pt-3 pb-8 lg:pt-6 lg:pb-12 lg:grid-cols-[12.5rem_13.5rem_minmax(0,1fr)]"
      >
        <Edges figure={figure} edges={edgesOf(played, commandNow)} />
        <div {...node('cause')} className="relative rounded-md border border-line bg-raised px-4 py-3 lg:mt-1.5">
          <MessageLine kind="command" name={command.name} />
          <div className="mt-2">
            <StateWord state={commandNow} />
          </div>
        </div>
        <div {...node('message')} className="slip px-4 py-4">
          <MessageLine kind="event" name={event.name} />
        </div>
        <ul className="grid gap-2.5 max-lg:pl-8">
          {played.map(({ subscription, now, emitted }) => (
            <li key={subscription} className="grid items-center gap-x-10 gap-y-2 sm:grid-cols-[minmax(0,1fr)_14.5rem]">
              <div
                {...node(subscription)}
                className="flex items-center justify-between gap-3 rounded-md border border-line bg-raised px-4 py-2.5"
              >
                <span className="min-w-0 text-sm font-semibold [overflow-wrap:anywhere]">
                  <DottedName name={subscription} />
                </span>
                <StateWord state={now} />
              </div>
              {emitted.size > 0 && (
                <div className="grid gap-2">
                  {[...emitted].map(([name, { length }]) => (
                    <Sent key={name} name={name} count={length} isThere={now === 'succeeded'} state={end(name)} />
                  ))}
                </div>
              )}
            </li>
          ))}
        </ul>
      </div>
    </figure>
  )
}

function MessageLine({ kind, name }: { kind: 'command' | 'event'; name: string }) {
  return (
    <>
      <p className="mb-1 flex items-center gap-2 text-xs text-muted">
        <KindMark kind={kind} />
        <span aria-hidden="true">{kind === 'command' ? 'Command' : 'Event'}</span>
      </p>
      <p className="font-semibold [overflow-wrap:anywhere]">
        <DottedName name={name} />
      </p>
    </>
  )
}

interface SentProps {
  name: string
  /** How many of them were sent. */
  count: number
  isThere: boolean
  state: DeliveryState | null
}

function Sent({ name, count, isThere, state }: SentProps) {
  return (
    <span
      {...(isThere && node(name))}
      className={`flex w-fit items-center gap-2 rounded-md border border-line bg-raised py-1.5 pr-3 pl-2.5 text-xs font-medium transition-opacity duration-300 max-sm:ml-8 ${isThere ? '' : 'opacity-0'}`}
    >
      <KindMark kind="command" />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <DottedName name={name} />
      </span>
      {count > 1 && <span className="font-mono text-muted">×{count}</span>}
      {state && <StateGlyph state={state} size={12} />}
    </span>
  )
}

interface Played {
  subscription: string
  now: DeliveryState
  emitted: ReadonlyMap<string, string[]>
}

function edgesOf(lanes: readonly Played[], command: DeliveryState): Edge[] {
  const isOut = command !== 'pending' && command !== 'running'
  return [
    { from: 'cause', to: 'message', kind: 'event', state: isOut ? null : 'waiting', trip: isOut ? 1 : 0 },
    ...lanes.flatMap(({ subscription, now, emitted }): Edge[] => [
      {
        from: 'message',
        to: subscription,
        kind: 'event',
        state: now === 'pending' ? 'waiting' : now,
        trip: now === 'pending' || now === 'skipped' ? 0 : 1,
      },
      ...(now === 'succeeded' ? [...emitted.keys()] : []).map(
        (name): Edge => ({
          from: subscription,
          to: name,
          kind: 'command',
          state: null,
        }),
      ),
    ]),
  ]
}
