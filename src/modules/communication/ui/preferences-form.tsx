'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { Section } from '../../../web/components/section.tsx'
import { useToasts } from '../../../web/components/toasts.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { Preferences } from '../preferences-router.ts'
import { ConsentFields } from './consent-fields.tsx'
import { LANGUAGES } from './languages.ts'
import { QuietHoursFields } from './quiet-hours-fields.tsx'
import { WayFields } from './way-fields.tsx'
import { ZoneField } from './zone-field.tsx'

/** What a person has chosen, as the form holds it until it is saved. */
export type Choices = Pick<Preferences, 'locale' | 'timeZone' | 'channel' | 'quietHours'> & {
  consents: Preferences['consents'][number]['purpose'][]
}

export interface FieldsProps {
  choices: Choices
  change(part: Partial<Choices>): void
}

/** How, when and about what a person is written to. */
export function PreferencesForm({ initial, timeZones }: { initial: Preferences; timeZones: string[] }) {
  const trpc = useTRPC()
  const language = useId()
  const toasts = useToasts()
  const queries = useQueryClient()
  const options = trpc.communication.preferences.queryOptions(undefined, { initialData: initial })
  const { data: kept } = useQuery(options)
  const [choices, setChoices] = useState<Choices>(() => choicesOf(initial))
  const change = (part: Partial<Choices>) => setChoices((known) => ({ ...known, ...part }))
  const save = useMutation(
    trpc.communication.setPreferences.mutationOptions({
      onSuccess: ({ outcome }) => {
        if (outcome === 'unknown-person') return
        toasts.add({ title: outcome === 'set' ? 'Saved.' : 'Noted. It takes a moment longer than usual.' })
        void queries.invalidateQueries({ queryKey: options.queryKey })
      },
    }),
  )
  const send = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(choices)
  }
  const problem = problemIn(choices)
  return (
    <form onSubmit={send} noValidate>
      <Section title="Language and time" note="Of letters and texts, and of the times they name.">
        <div className="grid gap-5">
          <div className="grid gap-1.5">
            <label htmlFor={language} className="text-sm font-medium">
              Language
            </label>
            <select
              id={language}
              value={choices.locale}
              onChange={({ target }) => change({ locale: target.value === 'de' ? 'de' : 'en' })}
              className="h-11 w-full rounded-md border border-field bg-raised px-3"
            >
              {LANGUAGES.map(({ value, text }) => (
                <option key={value} value={value} lang={value}>
                  {text}
                </option>
              ))}
            </select>
          </div>
          <ZoneField choices={choices} change={change} timeZones={timeZones} />
        </div>
      </Section>
      <Section
        title="Short notices"
        note="That your password was changed, say. Letters with a link always go by e-mail."
      >
        <WayFields choices={choices} change={change} hasPhone={kept.phoneConfirmed} />
      </Section>
      <Section
        title="Quiet hours"
        note="What can wait comes when they are over. Codes, links you ask for and warnings do not wait."
      >
        <QuietHoursFields choices={choices} change={change} problem={problem} />
      </Section>
      <Section title="More from us" note="What concerns your account comes anyway. All else only if you want it.">
        <ConsentFields choices={choices} change={change} given={kept.consents} />
      </Section>
      <div className="grid gap-4 border-t border-line py-8 lg:pl-70">
        {save.isError && (
          <Notice title="That was not saved.">
            {save.error.data ? save.error.message : 'The server did not answer.'} Please try again.
          </Notice>
        )}
        {save.data?.outcome === 'unknown-person' && (
          <Notice title="That was not saved.">Your account is still being set up. Please try again in a moment.</Notice>
        )}
        <Button type="submit" className="justify-self-start" pending={save.isPending} disabled={problem !== null}>
          Save
        </Button>
      </div>
    </form>
  )
}

function choicesOf({ locale, timeZone, channel, quietHours, consents }: Preferences): Choices {
  return { locale, timeZone, channel, quietHours, consents: consents.map(({ purpose }) => purpose) }
}

function problemIn({ quietHours }: Choices): string | null {
  if (!quietHours) return null
  if (!quietHours.from || !quietHours.until) return 'Please give both times.'
  return quietHours.from === quietHours.until ? 'Please choose two different times.' : null
}
