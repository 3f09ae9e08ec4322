'use client'
import { setTaste, type Taste, useTaste, ZONES } from '../../../web/taste.ts'

const WORDS: Record<Taste['zone'], string> = { local: 'my zone', utc: 'UTC', relative: 'how long ago' }

/** How times are written, everywhere. */
export function ZoneSwitch() {
  const { zone } = useTaste()
  return (
    <label className="flex items-center text-xs text-muted">
      <span className="sr-only">Times</span>
      <select
        value={zone}
        onChange={(event) => setTaste({ zone: ZONES.find((each) => each === event.target.value) ?? 'local' })}
        className="h-8 rounded-md border border-transparent bg-transparent px-1 hover:border-line hover:text-ink"
      >
        {ZONES.map((each) => (
          <option key={each} value={each}>
            {WORDS[each]}
          </option>
        ))}
      </select>
    </label>
  )
}
