import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { DeliveryState } from '../../../bus/message.ts'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { StateGlyph, StateWord } from '../../../web/components/state-glyph.tsx'
import { type CompactItem, moreShown } from '../../model/lane-folds.ts'
import type { DeliveryView } from '../../model/view.ts'

interface Props<Lane> {
  kind: 'command' | 'event'
  items: readonly CompactItem<Lane>[]
  /** The delivery that one points at. */
  pointed?: string | null
  /** Shows so many of a state that is folded. */
  onUnfold?(state: DeliveryState, shown: number): void
  /** What is said of a lane: its line first. */
  children(lane: Lane): ReactNode
}

/** A fan-out where there is little room: a branch of 36 px for each delivery, on one stem. */
export function CompactLanes<Lane extends DeliveryView>({ kind, items, pointed, onUnfold, children }: Props<Lane>) {
  const dashes = kind === 'event' && 'border-dashed'
  return (
    <ul aria-label="Deliveries" className={clsx('border-l-2 border-field', dashes)}>
      {items.map((item) => {
        const isPointed = item.kind === 'lane' && item.lane.deliveryId === pointed
        return (
          <li
            key={item.kind === 'lane' ? item.lane.deliveryId : item.kind === 'fold' ? item.state : 'rest'}
            data-pointed={isPointed || undefined}
            className={clsx('relative py-1 pr-2 pl-5', isPointed && 'rounded-r-md bg-tint')}
          >
            <span
              aria-hidden="true"
              className={clsx(
                'absolute top-[17px] left-0 w-3.5 border-t-2',
                isPointed ? 'border-accent' : ['border-field', dashes],
              )}
            />
            {item.kind === 'lane' ? (
              children(item.lane)
            ) : item.kind === 'fold' ? (
              <Fold fold={item} onUnfold={onUnfold} />
            ) : (
              <p className="flex min-h-7 items-center text-muted">and {item.count.toLocaleString('en')} more</p>
            )}
          </li>
        )
      })}
      {items.length === 0 && <li className="py-1 pl-5 text-muted">Nobody had asked for it when it was published.</li>}
    </ul>
  )
}

interface LineProps {
  lane: DeliveryView
  /** Where more of it can be shown. */
  isOpen?: boolean
  onToggle?(): void
}

const LINE = 'flex min-h-7 w-full flex-wrap items-center gap-x-3 text-left'

/** Which handler it is, and how it stands. */
export function CompactLine({ lane: { subscription, state, attempt }, isOpen, onToggle }: LineProps) {
  const words = (
    <>
      <span className="min-w-0 flex-1 font-semibold [overflow-wrap:anywhere]">
        <DottedName name={subscription} />
      </span>
      <StateWord state={state} attempts={attempt} />
    </>
  )
  if (!onToggle) return <div className={LINE}>{words}</div>
  return (
    <button type="button" aria-expanded={isOpen} onClick={onToggle} className={clsx(LINE, 'hover:bg-tint')}>
      {words}
    </button>
  )
}

interface FoldProps {
  fold: { state: DeliveryState; count: number; shown: number }
  onUnfold: Props<DeliveryView>['onUnfold'] | undefined
}

/** Many lanes of one state. */
function Fold({ fold: { state, count, shown }, onUnfold }: FoldProps) {
  return (
    <p className="flex min-h-7 flex-wrap items-center gap-x-1.5">
      <StateGlyph state={state} />
      <span className="font-mono">{count.toLocaleString('en')}</span> {state}
      {onUnfold && (
        <button
          type="button"
          onClick={() => onUnfold(state, shown < count ? moreShown(shown) : 0)}
          className="ml-auto text-xs text-accent underline-offset-4 hover:underline"
        >
          {shown === 0 ? 'Show them' : shown < count ? 'Show more' : 'Fold'}
        </button>
      )}
    </p>
  )
}
