'use client'
import { useId, useSyncExternalStore } from 'react'
import type { FieldsProps } from './preferences-form.tsx'

const watchNothing = () => () => undefined
const zoneHere = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** The person's time zone; where the browser is in another, one click takes that. */
export function ZoneField({ choices, change, timeZones }: FieldsProps & { timeZones: string[] }) {
  const id = useId()
  const here = useSyncExternalStore(watchNothing, zoneHere, () => null)
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        Time zone
      </label>
      <select
        id={id}
        value={choices.timeZone}
        onChange={({ target }) => change({ timeZone: target.value })}
        className="h-11 w-full rounded-md border border-field bg-raised px-3"
      >
        {[...new Set([choices.timeZone, ...timeZones])].map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </select>
      {here && here !== choices.timeZone && (
        <p className="text-sm text-muted">
          This browser is in {here.replaceAll('_', ' ')}.{' '}
          <button
            type="button"
            onClick={() => change({ timeZone: here })}
            className="text-accent underline underline-offset-4"
          >
            Use that
          </button>
        </p>
      )}
    </div>
  )
}
