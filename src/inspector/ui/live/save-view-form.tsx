'use client'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { ALERT_MINUTES, MOST_ALERT_FROM, MOST_ALERTS, MOST_VIEWS, VIEW_ICONS } from '../../model/saved-view.ts'
import { useViewsChanged } from './use-views-changed.ts'
import { ViewMark } from './view-mark.tsx'

const PROBLEMS = {
  done: undefined,
  'too-many': `It was not saved: you have ${MOST_VIEWS} views, as many as one can. Remove one first.`,
  'too-many-alerts': `It was not saved: ${MOST_ALERTS} of your views are alerts, as many as can be. Leave “Alert from” empty, or remove one.`,
}

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9]

/** Gives the filter of the list a name. */
export function SaveViewForm({ filter }: { filter: string }) {
  const trpc = useTRPC()
  const refresh = useViewsChanged()
  const save = useMutation(trpc.inspector.saveView.mutationOptions(refresh))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const element = event.currentTarget
    const form = new FormData(element)
    const name = form.get('name')
    if (typeof name !== 'string' || name.trim() === '') return
    const view = {
      name,
      filter,
      icon: VIEW_ICONS.find((each) => each === form.get('icon')) ?? 'bookmark',
      shortcut: numberIn(form.get('shortcut')),
      alertFrom: numberIn(form.get('alertFrom')),
      isShared: form.get('shared') === 'on',
    }
    save.mutate(view, { onSuccess: ({ outcome }) => outcome === 'done' && element.reset() })
  }
  return (
    <form onSubmit={submit} className="mt-3 grid gap-2 border-t border-line pt-3">
      <TextField
        label="Save this filter as"
        name="name"
        maxLength={60}
        error={save.data && PROBLEMS[save.data.outcome]}
      />
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">Its sign</legend>
        {VIEW_ICONS.map((icon) => (
          <label
            key={icon}
            title={icon}
            className="grid size-8 cursor-pointer place-items-center rounded border border-transparent text-muted hover:bg-tint has-checked:border-ink has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="icon"
              value={icon}
              defaultChecked={icon === 'bookmark'}
              aria-label={icon}
              className="sr-only"
            />
            <ViewMark icon={icon} size={16} />
          </label>
        ))}
      </fieldset>
      <label className="flex items-center justify-between gap-3">
        Key, after v
        <select name="shortcut" className="h-8 rounded-md border border-field bg-raised px-2">
          <option value="">none</option>
          {DIGITS.map((digit) => (
            <option key={digit}>{digit}</option>
          ))}
        </select>
      </label>
      <label className="flex items-center justify-between gap-3">
        <span>
          Alert from <span className="text-muted">(messages in {ALERT_MINUTES} minutes)</span>
        </span>
        <input
          type="number"
          name="alertFrom"
          min={1}
          max={MOST_ALERT_FROM}
          placeholder="never"
          className="h-8 w-24 rounded-md border border-field bg-raised px-2 placeholder:text-muted"
        />
      </label>
      <div className="flex items-center justify-between gap-3">
        <label className="flex items-center gap-2">
          <input type="checkbox" name="shared" />
          Share it with everybody here
        </label>
        <Button type="submit" size="small" pending={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  )
}

function numberIn(value: FormDataEntryValue | null): number | null {
  return typeof value === 'string' && value !== '' ? Number(value) : null
}
