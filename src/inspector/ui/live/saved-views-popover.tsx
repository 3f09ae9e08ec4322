'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import type { FormEvent, RefObject } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useToasts } from '../../../web/components/toasts.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import {
  ALERT_MINUTES,
  MOST_ALERTS,
  MOST_COUNTED,
  MOST_VIEWS,
  type SavedView,
  VIEW_ICONS,
} from '../../model/saved-view.ts'
import { AnchoredPopover } from './anchored-popover.tsx'
import { ViewMark } from './view-mark.tsx'

interface Props {
  /** The filter of the list now. */
  filter: string
  /** Below it they open. */
  button: RefObject<HTMLElement | null>
  onOpenChange(isOpen: boolean): void
  onChoose(view: SavedView): void
}

/** Filters that were given a name: one's own, and those that others share. */
export function SavedViewsPopover({ filter, button, onOpenChange, onChoose }: Props) {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.inspector.savedViews.queryOptions())
  return (
    <AnchoredPopover
      title="Saved views"
      button={button}
      onOpenChange={onOpenChange}
      className="w-[min(24rem,calc(100vw-2rem))] rounded-md border border-line bg-raised p-4 text-sm shadow-[0_4px_16px_rgb(0_0_0/0.12)]"
    >
      {data?.length === 0 && (
        <p className="mt-1 text-muted">None yet. A filter you need again can be given a name here.</p>
      )}
      <ul aria-label="Saved views" className="mt-2 grid max-h-56 gap-0.5 overflow-y-auto empty:hidden">
        {data?.map((view) => (
          <View key={view.viewId} view={view} isShown={view.filter === filter} onChoose={onChoose} />
        ))}
      </ul>
      {filter !== '' && <SaveForm filter={filter} />}
    </AnchoredPopover>
  )
}

function View({ view, isShown, onChoose }: { view: SavedView; isShown: boolean; onChoose(view: SavedView): void }) {
  const trpc = useTRPC()
  const refresh = useRefresh()
  const remove = useMutation(trpc.inspector.removeView.mutationOptions(refresh))
  return (
    <li className="flex items-center gap-1">
      <button
        type="button"
        aria-current={isShown}
        onClick={() => onChoose(view)}
        className="min-w-0 flex-1 rounded px-2 py-1 text-left hover:bg-tint aria-[current=true]:bg-tint"
      >
        <span className="flex items-center gap-2">
          <ViewMark icon={view.icon} />
          <span className="min-w-0 truncate font-medium">
            <ForeignText text={view.name} />
          </span>
          {view.shortcut !== null && (
            <kbd title={`v, then ${view.shortcut}`} className="rounded border border-line px-1.5 font-mono text-xs">
              {view.shortcut}
            </kbd>
          )}
          <span className="ml-auto shrink-0 max-w-[50%] truncate text-xs leading-5 text-muted">
            {view.isOwn ? (
              view.isShared ? (
                'shared'
              ) : (
                'private'
              )
            ) : (
              <>
                by <ForeignText text={view.owner} />
              </>
            )}
          </span>
        </span>
        <span className="block truncate font-mono text-xs text-muted">
          <ForeignText text={view.filter} />
        </span>
        {view.alertFrom !== null && (
          <span className="block text-xs text-muted">
            alert from {view.alertFrom.toLocaleString('en')} in {ALERT_MINUTES} minutes
          </span>
        )}
      </button>
      {view.isOwn && (
        <button
          type="button"
          aria-label={`Remove ${view.name}`}
          disabled={remove.isPending}
          onClick={() => remove.mutate({ viewId: view.viewId })}
          className="flex size-7 shrink-0 items-center justify-center rounded text-muted hover:bg-tint hover:text-ink"
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </li>
  )
}

function SaveForm({ filter }: { filter: string }) {
  const trpc = useTRPC()
  const refresh = useRefresh()
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
          max={MOST_COUNTED}
          placeholder="never"
          className="h-8 w-24 rounded-md border border-field bg-raised px-2 placeholder:text-muted"
        />
      </label>
      <div className="flex items-center justify-between gap-3">
        <label className="flex items-center gap-2">
          <input type="checkbox" name="shared" className="accent-(--accent)" />
          Share it with everybody here
        </label>
        <Button type="submit" size="small" pending={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  )
}

const PROBLEMS = {
  done: undefined,
  'too-many': `It was not saved: you have ${MOST_VIEWS} views, as many as one can. Remove one first.`,
  'too-many-alerts': `It was not saved: ${MOST_ALERTS} of your views are alerts, as many as can be. Leave “Alert from” empty, or remove one.`,
}

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9]

function numberIn(value: FormDataEntryValue | null): number | null {
  return typeof value === 'string' && value !== '' ? Number(value) : null
}

/** After each change the list is what the server says. */
function useRefresh() {
  const trpc = useTRPC()
  const client = useQueryClient()
  const toasts = useToasts()
  return {
    onSettled: () => client.invalidateQueries(trpc.inspector.savedViews.queryFilter()),
    onError: ({ message }: { message: string }) =>
      void toasts.add({ title: 'That did not work', description: message }),
  }
}
