'use client'
import { SEGMENTS, segmentLook } from '../../web/components/segments.ts'
import { isNamedRange, RANGE_WORDS, RANGES } from '../model/range.ts'

/** Chooses how far back one looks. */
export function RangePicker({ range, onChoose }: { range: string; onChoose(range: string): void }) {
  return (
    <fieldset className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <legend className="sr-only">Range of time</legend>
      {!isNamedRange(range) && <span className="font-mono text-xs text-ink">{rangeWords(range)}</span>}
      <div className={SEGMENTS}>
        {RANGES.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === range}
            title={RANGE_WORDS[each]}
            onClick={() => onChoose(each)}
            className={segmentLook(each === range, 'small')}
          >
            {each}
          </button>
        ))}
      </div>
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
