import clsx from 'clsx'
import type { DeliveryState } from '../../bus/message.ts'
import type { ItemCounts, ItemState, OperationView } from '../model/operation.ts'

/** In the order in which an item passes them; each with the state of a delivery that it looks like. */
export const OUTCOMES: readonly { state: ItemState; word: string; colour: string; like: DeliveryState }[] = [
  { state: 'succeeded', word: 'succeeded', colour: 'bg-state-succeeded', like: 'succeeded' },
  { state: 'failed-again', word: 'failed again', colour: 'bg-state-dead', like: 'dead' },
  { state: 'discarded', word: 'discarded', colour: 'bg-state-discarded', like: 'discarded' },
  { state: 'restored', word: 'restored', colour: 'bg-state-dead', like: 'dead' },
  { state: 'retried', word: 'retried, on its way', colour: 'bg-state-running', like: 'running' },
  { state: 'skipped', word: 'skipped', colour: 'bg-line', like: 'skipped' },
  { state: 'waiting', word: 'waiting', colour: 'bg-tint', like: 'pending' },
]

/** How far it is: one bar, a part for each outcome. */
export function OperationProgress({ operation, tall = false }: { operation: OperationView; tall?: boolean }) {
  const { counts, total } = operation
  const settled = total - counts.waiting - counts.retried
  return (
    <div
      role="progressbar"
      aria-label="Progress"
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={settled}
      aria-valuetext={`${settled} of ${total}: ${countWords(counts)}`}
      className={clsx('flex w-full overflow-hidden rounded-full border border-line bg-tint', tall ? 'h-3' : 'h-2')}
    >
      {OUTCOMES.filter(({ state }) => counts[state] > 0).map(({ state, colour }) => (
        <span key={state} className={colour} style={{ width: `${(counts[state] / total) * 100}%` }} />
      ))}
    </div>
  )
}

export function countWords(counts: ItemCounts): string {
  return OUTCOMES.filter(({ state }) => counts[state] > 0)
    .map(({ state, word }) => `${counts[state]} ${word}`)
    .join(', ')
}

const KINDS = { retry: 'Retry', discard: 'Discard', restore: 'Undo of a discard' } as const

export function nameOf({ kind, title }: OperationView): string {
  return kind === 'restore' ? `${KINDS[kind]}: ${title}` : `${KINDS[kind]} ${title}`
}
