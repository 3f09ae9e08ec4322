import type { DeliveryState } from '../../bus/message.ts'
import { StateGlyph } from '../../web/components/state-glyph.tsx'
import { moreShown } from '../model/lane-folds.ts'
import { node } from './edges.tsx'

interface Props {
  /** Another lane is looked at. */
  isDimmed: boolean
  fold: { state: DeliveryState; count: number; shown: number }
  onUnfold(state: DeliveryState, shown: number): void
}

/** Many lanes of one state, as one line that unfolds step by step. */
export function LaneFold({ fold: { state, count, shown }, isDimmed, onUnfold }: Props) {
  const left = count - shown
  return (
    <li className="lane" data-dimmed={isDimmed || undefined}>
      <div
        {...node(foldId(state))}
        className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-dashed border-line bg-raised px-4 py-1.5 text-sm"
      >
        <StateGlyph state={state} />
        <span>
          <span className="font-mono">{count.toLocaleString('en')}</span> {state}
        </span>
        <span className="ml-auto flex gap-3 text-xs">
          {left > 0 && (
            <button
              type="button"
              data-lane={foldId(state)}
              onClick={() => onUnfold(state, moreShown(shown))}
              className="text-accent underline-offset-4 hover:underline"
            >
              {shown === 0 ? 'Show them' : `Show more, ${left.toLocaleString('en')} left`}
            </button>
          )}
          {shown > 0 && (
            <button
              type="button"
              onClick={() => onUnfold(state, 0)}
              className="text-muted underline-offset-4 hover:text-ink hover:underline"
            >
              Fold
            </button>
          )}
        </span>
      </div>
    </li>
  )
}

export function foldId(state: DeliveryState): string {
  return `fold-${state}`
}
