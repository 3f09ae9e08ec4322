'use client'
import { useId } from 'react'
import type { FieldsProps } from './preferences-form.tsx'

const USUAL = { from: '22:00', until: '07:00' }

export function QuietHoursFields({ choices, change, problem }: FieldsProps & { problem: string | null }) {
  const { quietHours } = choices
  const note = useId()
  const set = (part: Partial<typeof USUAL>) => change({ quietHours: { ...(quietHours ?? USUAL), ...part } })
  return (
    <fieldset className="grid gap-4">
      <legend className="sr-only">Quiet hours</legend>
      <label className="flex min-h-8 items-center gap-2.5">
        <input
          type="checkbox"
          checked={quietHours !== null}
          onChange={({ target }) => change({ quietHours: target.checked ? USUAL : null })}
        />
        Do not write to me at certain hours
      </label>
      {quietHours && (
        <div className="flex flex-wrap gap-4">
          {(['From', 'Until'] as const).map((words) => {
            const end = words === 'From' ? 'from' : 'until'
            return (
              <label key={end} className="grid gap-1.5 text-sm font-medium">
                {words}
                <input
                  type="time"
                  value={quietHours[end]}
                  onChange={({ target }) => set({ [end]: target.value })}
                  aria-invalid={problem ? true : undefined}
                  aria-describedby={note}
                  className="h-11 rounded-md border border-field bg-raised px-3 font-mono text-base font-normal aria-invalid:border-danger"
                />
              </label>
            )
          })}
          <p
            id={note}
            role={problem ? 'alert' : undefined}
            className={problem ? 'w-full text-sm text-danger' : 'w-full text-sm text-muted'}
          >
            {problem ?? `Every day, by the clock in ${choices.timeZone.replaceAll('_', ' ')}.`}
          </p>
        </div>
      )}
    </fieldset>
  )
}
