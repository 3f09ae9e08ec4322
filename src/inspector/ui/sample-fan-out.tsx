'use client'
import { useQuery } from '@tanstack/react-query'
import { KindMark } from '../../web/components/kind-mark.tsx'
import { StateWord } from '../../web/components/state-glyph.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { SampleView } from '../model/view.ts'

const REFETCH_MS = 3_000
const TOP = 'accounts.user-account-created'

const EXAMPLE: SampleView = {
  messages: [
    {
      kind: 'event',
      name: TOP,
      deliveries: [
        {
          subscription: 'communication.decide-confirmation-email',
          state: 'succeeded',
          emitted: ['communication.send-confirmation-email'],
        },
        { subscription: 'communication.decide-sms', state: 'skipped', emitted: [] },
        { subscription: 'audit.record-account-created', state: 'succeeded', emitted: [] },
        { subscription: 'insights.count-sign-up', state: 'running', emitted: [] },
      ],
    },
  ],
}

/** The fan-out of the newest sign-up of this instance, or an example that says that it is one. */
export function SampleFanOut({ initial }: { initial: SampleView | null }) {
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.inspector.sample.queryOptions(undefined, { initialData: initial, refetchInterval: REFETCH_MS }),
  )
  const sample = data ?? EXAMPLE
  const event = sample.messages.find((each) => each.name === TOP) ?? sample.messages[0]
  if (!event) return null
  return (
    <figure className="min-w-0 rounded-md border border-line bg-raised">
      <div className="perforated" aria-hidden="true" />
      <div className="grid gap-4 px-5 pt-3 pb-5 sm:px-7">
        <figcaption className="text-sm text-muted">{data ? 'The newest sign-up here' : 'An example'}</figcaption>
        <div className="flex min-w-0 items-center gap-2 font-medium">
          <KindMark kind={event.kind} />
          <span className="truncate">{event.name}</span>
        </div>
        <ul className="grid min-w-0">
          {event.deliveries.map((delivery) => (
            <li
              key={delivery.subscription}
              className="relative grid min-w-0 gap-1 border-l border-dashed border-muted py-2 pl-6 last:border-transparent"
            >
              <span
                aria-hidden="true"
                className="absolute top-0 left-0 h-5 w-5 rounded-bl-md border-b border-l border-dashed border-muted"
              />
              <div className="flex min-w-0 flex-wrap items-center justify-between gap-x-4">
                <span className="min-w-0 truncate font-mono text-sm">{delivery.subscription}</span>
                <StateWord state={delivery.state} />
              </div>
              {delivery.emitted.map((name) => (
                <span key={name} className="truncate font-mono text-xs text-muted">
                  → {name}
                </span>
              ))}
            </li>
          ))}
        </ul>
      </div>
    </figure>
  )
}
