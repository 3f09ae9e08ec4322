'use client'
import { X } from 'lucide-react'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { Moment } from '../../../web/components/moment.tsx'
import { StateWord } from '../../../web/components/state-glyph.tsx'
import { formatMs } from '../../model/durations.ts'
import type { RecordedMessage } from '../../model/recording/recording.ts'
import { useTitleOf } from '../use-title-of.ts'
import { RecordedPayload } from './recorded-payload.tsx'

interface Props {
  message: RecordedMessage
  onClose(): void
}

/** One message of a recording: what became of its deliveries, and its body. */
export function RecordedMessagePanel({ message, onClose }: Props) {
  const { id, kind, name, version, at, deliveries, body } = message
  const titleOf = useTitleOf()
  return (
    <aside
      aria-label="Message"
      className="m-4 flex min-h-0 flex-col overflow-y-auto rounded-md border border-line bg-raised p-4 max-lg:max-h-[60dvh] lg:ml-0 lg:w-[26rem] lg:shrink-0"
    >
      <header className="flex items-start gap-2">
        <span className="mt-1">
          <KindMark kind={kind} />
        </span>
        <div className="min-w-0 flex-1">
          <h2 title={titleOf(name)} className="font-semibold [overflow-wrap:anywhere]">
            <DottedName name={name} />
          </h2>
          <p className="flex flex-wrap gap-x-3 text-xs text-muted">
            <Moment iso={new Date(at).toISOString()} />
            <span>version {version}</span>
            <span className="font-mono" title={id}>
              …{id.slice(-12)}
            </span>
          </p>
        </div>
        <button
          type="button"
          onClick={onClose}
          aria-label="Close"
          className="flex size-7 shrink-0 items-center justify-center rounded text-muted hover:bg-tint hover:text-ink"
        >
          <X size={16} aria-hidden="true" />
        </button>
      </header>
      <ul aria-label="Deliveries" className="mt-3 grid gap-2 border-l-2 border-field pl-4 text-sm">
        {deliveries.map((each) => (
          <Delivery key={each.id} delivery={each} />
        ))}
        {deliveries.length === 0 && <li className="text-muted">Nobody had asked for it when it was published.</li>}
      </ul>
      <h3 className="mt-5 mb-2 text-sm font-semibold">Payload</h3>
      {body === null ? (
        <p className="text-sm text-muted">It is not in the recording: there was no room for all bodies.</p>
      ) : (
        <RecordedPayload key={id} json={body} />
      )}
    </aside>
  )
}

function Delivery({ delivery }: { delivery: RecordedMessage['deliveries'][number] }) {
  const { subscription, state, attempt, maxAttempts, startedAt, settledAt, lastError, reason, parkedReason } = delivery
  const why = parkedReason ?? reason ?? lastError
  return (
    <li>
      <p className="flex flex-wrap items-center gap-x-3">
        <span className="min-w-0 flex-1 font-semibold [overflow-wrap:anywhere]">
          <DottedName name={subscription} />
        </span>
        <StateWord state={state} attempts={attempt} />
      </p>
      <p className="text-xs text-muted">
        {attempt > 0 ? `attempt ${attempt} of ${maxAttempts}` : 'not tried'}
        {startedAt !== null && settledAt !== null && `, ${formatMs(settledAt - startedAt)}`}
      </p>
      {why !== null && (
        <p className="text-xs [overflow-wrap:anywhere] text-muted">
          <ForeignText text={why} />
        </p>
      )}
    </li>
  )
}
