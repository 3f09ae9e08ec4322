'use client'
import { PURPOSES, type Purpose } from '../model/rules.ts'
import type { Preferences } from '../preferences-router.ts'
import type { FieldsProps } from './preferences-form.tsx'

const WORDS = {
  tips: ['Tips', 'What helps to get more out of Waybill, once a month at most.'],
  news: ['News', 'When something new is there, once a day at most.'],
} satisfies Record<Purpose, [title: string, note: string]>

export function ConsentFields({ choices, change, given }: FieldsProps & { given: Preferences['consents'] }) {
  return (
    <fieldset className="grid gap-4">
      <legend className="sr-only">More from us</legend>
      {PURPOSES.map((purpose) => {
        const [title, note] = WORDS[purpose]
        const since = given.find((each) => each.purpose === purpose)?.givenAt
        const others = choices.consents.filter((each) => each !== purpose)
        return (
          <label key={purpose} className="grid grid-cols-[auto_1fr] gap-x-2.5">
            <input
              type="checkbox"
              checked={choices.consents.includes(purpose)}
              onChange={({ target }) => change({ consents: target.checked ? [...others, purpose] : others })}
              className="mt-1"
            />
            <span>
              <span className="font-medium">{title}</span>
              <span className="block text-sm text-muted">{note}</span>
              {since && (
                <span className="block text-sm text-muted">
                  You agreed on <time dateTime={since}>{dayOf(since, choices.timeZone)}</time>.
                </span>
              )}
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}

function dayOf(iso: string, timeZone: string): string {
  return new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone })
}
