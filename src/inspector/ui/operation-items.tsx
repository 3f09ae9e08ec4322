import { Button } from '../../web/components/button.tsx'
import { ForeignText } from '../../web/components/foreign-text.tsx'
import { Link } from '../../web/components/link.tsx'
import { StateGlyph } from '../../web/components/state-glyph.tsx'
import type { ItemState, OperationDetail, OperationItemView } from '../model/operation.ts'
import { Choice } from './conversation/choice.tsx'
import { useLights } from './follow/followed-key.ts'
import { lit } from './follow/lit.ts'
import { OUTCOMES } from './operation-progress.tsx'

interface Props {
  operation: OperationDetail
  /** The outcome that is shown; null shows all. */
  shown: ItemState | null
  onShow(state: ItemState | null): void
  /** Position after which the page begins. */
  after: number
  onPage(after: number): void
}

/** What became of every delivery of the frozen set. */
export function OperationItems({ operation, shown, onShow, after, onPage }: Props) {
  const { items, counts, total, nextPosition } = operation
  return (
    <section aria-labelledby="outcomes" className="mt-6">
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id="outcomes" className="font-semibold">
          Outcomes
        </h2>
        <div className="flex flex-wrap gap-2">
          <Choice isOn={shown === null} onClick={() => onShow(null)}>
            all {total}
          </Choice>
          {OUTCOMES.filter(({ state }) => counts[state] > 0 || shown === state).map(({ state, word }) => (
            <Choice key={state} isOn={shown === state} onClick={() => onShow(state)}>
              {word} {counts[state]}
            </Choice>
          ))}
        </div>
      </div>
      <ul aria-label="Outcomes" className="overflow-hidden rounded-md border border-line bg-raised">
        {items.length === 0 && <li className="px-4 py-3 text-sm text-muted">None with this outcome.</li>}
        {items.map((item) => (
          <Item key={item.position} item={item} />
        ))}
      </ul>
      <div className="mt-3 flex gap-2">
        {after > 0 && (
          <Button variant="quiet" size="small" onClick={() => onPage(0)}>
            To the first
          </Button>
        )}
        {nextPosition !== null && (
          <Button variant="quiet" size="small" onClick={() => onPage(nextPosition)}>
            The next ones
          </Button>
        )}
      </div>
    </section>
  )
}

function Item({ item }: { item: OperationItemView }) {
  const { position, state, messageId, messageName, subscription, note, lastError } = item
  const lights = useLights()
  const outcome = OUTCOMES.find((each) => each.state === state)
  return (
    <li
      {...lit(messageId !== null && lights?.message({ messageId }))}
      className="grid grid-cols-[2.5rem_minmax(0,1fr)] items-baseline gap-x-3 gap-y-0.5 border-b border-line px-4 py-2 text-sm last:border-b-0 sm:grid-cols-[2.5rem_11rem_minmax(0,1fr)]"
    >
      <span className="text-right font-mono text-xs text-muted">{position}</span>
      <span className="flex items-center gap-2">
        {outcome && <StateGlyph state={outcome.like} size={12} />}
        {outcome?.word}
      </span>
      <span className="min-w-0 max-sm:col-start-2">
        {messageId ? (
          <Link
            href={`/inspector/m/${messageId}`}
            className="[overflow-wrap:anywhere] underline-offset-4 hover:underline"
          >
            {messageName}
          </Link>
        ) : (
          <span className="text-muted">its history has been removed</span>
        )}
        {subscription !== messageName && (
          <span className="font-mono text-xs [overflow-wrap:anywhere] text-muted"> {subscription}</span>
        )}
        {note && <span className="block text-muted">{note}</span>}
        {state === 'failed-again' && lastError && (
          <span className="block break-words text-danger">
            <ForeignText text={lastError} />
          </span>
        )}
      </span>
    </li>
  )
}
