import { StateGlyph } from '../../web/components/state-glyph.tsx'
import { isFailing, worstFailing } from '../model/failing.ts'
import type { DeliveryView } from '../model/view.ts'

const MOST = 8

interface Props {
  deliveries: readonly DeliveryView[]
  /** The list around them shows a card for the sign that one points at, or goes to with keys, and opens it. */
  hasCards?: boolean
}

/** One sign per delivery, always in the order of registration, so that columns of signs line up. */
export function DeliveryPips({ deliveries, hasCards = false }: Props) {
  if (deliveries.length === 0) return <span className="block text-xs text-muted">no subscribers</span>
  const wanted = deliveries.filter((each) => each.state !== 'skipped')
  const done = wanted.filter((each) => each.state === 'succeeded').length
  return (
    <span data-pips={hasCards || undefined} className="flex items-center gap-1">
      {deliveries.slice(0, MOST).map((each) => (
        <span
          key={each.deliveryId}
          {...(hasCards ? signOf(each) : { title: titleOf(each) })}
          className="inline-flex rounded-full"
        >
          <StateGlyph state={each.state} attempts={each.attempt} />
        </span>
      ))}
      {deliveries.length > MOST && <Rest deliveries={deliveries.slice(MOST)} hasCards={hasCards} />}
      <span className="ml-1 font-mono text-xs text-muted">
        {done}/{wanted.length}
      </span>
      <span className="sr-only">{(hasCards ? deliveries.slice(MOST) : deliveries).map(titleOf).join('; ')}</span>
    </span>
  )
}

/** Those that there is no room for, by their state; one that is in trouble is seen all the same. */
function Rest({ deliveries, hasCards }: Required<Props>) {
  const counts = [...Map.groupBy(deliveries, (each) => each.state)].map(([state, { length }]) => `${length} ${state}`)
  const failing = worstFailing(deliveries)
  return (
    <span title={hasCards ? undefined : counts.join(', ')} className="flex items-center gap-0.5 text-xs text-muted">
      +{deliveries.length}
      {failing && <StateGlyph state={failing.state} attempts={failing.attempt} size={10} />}
    </span>
  )
}

/** One that the focus can go to; Tab passes it over, as it does all within a row. */
function signOf(delivery: DeliveryView) {
  return { 'data-pip': delivery.deliveryId, role: 'button', tabIndex: -1, 'aria-label': titleOf(delivery) }
}

function titleOf(delivery: DeliveryView): string {
  const { subscription, state, attempt, maxAttempts, lastError } = delivery
  const tries = attempt > 0 ? `, attempt ${attempt} of ${maxAttempts}` : ''
  return `${subscription}: ${state}${tries}${isFailing(delivery) && lastError ? `, ${lastError}` : ''}`
}
