'use client'
import type { DeliveryState } from '../../bus/message.ts'
import { DottedName } from '../../web/components/dotted-name.tsx'
import { KindMark } from '../../web/components/kind-mark.tsx'
import { Link } from '../../web/components/link.tsx'
import { Moment } from '../../web/components/moment.tsx'
import { StateGlyph } from '../../web/components/state-glyph.tsx'
import { formatMs } from '../model/durations.ts'
import type { MessageDetail } from '../model/view.ts'
import { node } from './edges.tsx'
import { useLights } from './follow/followed-key.ts'
import { lit } from './follow/lit.ts'

const ORDER: readonly DeliveryState[] = ['dead', 'retrying', 'running', 'pending', 'succeeded', 'discarded', 'skipped']

interface Props {
  message: MessageDetail
  spanMs: number
  isOpen: boolean
}

/** The message itself, as the slip that travels: what it is, when it was sent, how its deliveries stand. */
export function MessageSlip({ message, spanMs, isOpen }: Props) {
  const { kind, name, description, version, occurredAt, conversationId, deliveries } = message
  const lights = useLights()
  const counts = ORDER.map((state) => ({ state, count: deliveries.filter((each) => each.state === state).length }))
  return (
    <div {...node('message')} className="slip">
      <div {...lit(lights?.message(message))} className="grid gap-3 px-5 py-4">
        <p className="flex items-center gap-2 text-xs text-muted">
          <KindMark kind={kind} />
          {kind === 'command' ? 'Command, for one handler' : 'Event, for all who subscribed'}
        </p>
        <h1 className="text-xl leading-7 font-semibold tracking-tight [overflow-wrap:anywhere]">
          <DottedName name={name} />
        </h1>
        {description && <p className="text-xs text-pretty">{description}</p>}
        <p className="flex flex-wrap gap-x-3 text-xs text-muted">
          <Moment iso={occurredAt} />
          <span>version {version}</span>
        </p>
      </div>
      <div className="tear mx-3" />
      <div className="grid gap-3 px-5 py-4 text-sm">
        {deliveries.length > 0 && (
          <ul className="grid gap-1" aria-label="In sum">
            {counts
              .filter(({ count }) => count > 0)
              .map(({ state, count }) => (
                <li key={state} className="flex items-center gap-2">
                  <StateGlyph state={state} />
                  <span className="font-mono">{count}</span> {state}
                </li>
              ))}
          </ul>
        )}
        <p className="text-xs text-muted">
          {deliveries.length > 0 && `${isOpen ? 'Open for' : 'Settled in'} ${formatMs(spanMs)} · `}
          <Link
            href={`/inspector/c/${conversationId}`}
            className="whitespace-nowrap text-accent underline underline-offset-4 hover:text-accent-hover"
          >
            Its conversation
          </Link>
        </p>
      </div>
    </div>
  )
}
