'use client'
import clsx from 'clsx'
import { isNamedRange, RANGE_WORDS, RANGES } from '../model/range.ts'

/** Chooses how far back one looks. */
export function RangePicker({ range, onChoose }: { range: string; onChoose(range: string): void }) {
  return (
    <fieldset className="flex flex-wrap items-center gap-1 text-sm">
      <legend className="sr-only">Range of time</legend>
      {RANGES.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === range}
          title={RANGE_WORDS[each]}
          onClick={() => onChoose(each)}
          className={clsx(
            'h-8 rounded-md px-2.5 font-mono text-xs',
            each === range ? 'bg-ink text-paper' : 'text-muted hover:bg-tint hover:text-ink',
          )}
        >
          {each}
        </button>
      ))}
      {!isNamedRange(range) && <span className="px-1 font-mono text-xs text-ink">{rangeWords(range)}</span>}
    </fieldset>
  )
}

/** `last hour`, or the two times that were chosen. */
export function rangeWords(range: string): string {
  if (isNamedRange(range)) return RANGE_WORDS[range]
  return range
    .split('..')
    .map((each) => new Date(each).toLocaleString('en-GB', { dateStyle: 'short', timeStyle: 'short' }))
    .join(' – ')
}
