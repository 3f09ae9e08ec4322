'use client'
import { useMutation } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { ALERT_MINUTES, type SavedView } from '../../model/saved-view.ts'
import { useViewsChanged } from './use-views-changed.ts'
import { ViewMark } from './view-mark.tsx'

interface Props {
  view: SavedView
  /** Whether the list is filtered by it now. */
  isShown: boolean
  onChoose(view: SavedView): void
}

/** A saved view: one chooses it, and may remove one's own. */
export function SavedViewItem({ view, isShown, onChoose }: Props) {
  const trpc = useTRPC()
  const refresh = useViewsChanged()
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
