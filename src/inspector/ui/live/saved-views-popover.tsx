'use client'
import { useQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { SavedView } from '../../model/saved-view.ts'
import { AnchoredPopover } from './anchored-popover.tsx'
import { SaveViewForm } from './save-view-form.tsx'
import { SavedViewItem } from './saved-view-item.tsx'

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
      className="w-[min(24rem,calc(100vw-2rem))] rounded-md border border-field bg-raised p-4 text-sm shadow-[0_4px_16px_rgb(0_0_0/0.12)]"
    >
      {data?.length === 0 && (
        <p className="mt-1 text-muted">None yet. A filter you need again can be given a name here.</p>
      )}
      <ul aria-label="Saved views" className="mt-2 grid max-h-56 gap-0.5 overflow-y-auto empty:hidden">
        {data?.map((view) => (
          <SavedViewItem key={view.viewId} view={view} isShown={view.filter === filter} onChoose={onChoose} />
        ))}
      </ul>
      {filter !== '' && <SaveViewForm filter={filter} />}
    </AnchoredPopover>
  )
}
