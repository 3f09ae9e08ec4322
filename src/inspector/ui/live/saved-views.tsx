'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Bookmark } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'
import { whenWanted } from '../when-wanted.ts'
import { PopoverButton } from './popover-button.tsx'

const { Part: SavedViewsPopover, preload } = whenWanted(
  async () => (await import('./saved-views-popover.tsx')).SavedViewsPopover,
)

interface Props {
  /** The filter of the list now. */
  filter: string
  onChoose(filter: string): void
  isOpen: boolean
  onOpenChange(isOpen: boolean): void
}

/** Opens the filters that were given a name. */
export function SavedViews({ filter, onChoose, isOpen, onOpenChange }: Props) {
  const choose = (chosen: string) => {
    onOpenChange(false)
    onChoose(chosen)
  }
  useShortcuts('messages', { views: () => onOpenChange(true) })
  useDigits(isOpen, choose)
  return (
    <PopoverButton
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      preload={preload}
      className="max-sm:px-2"
      label={
        <>
          <Bookmark size={14} aria-hidden="true" />
          <span className="max-sm:sr-only">Views</span>
        </>
      }
    >
      {(button) => (
        <SavedViewsPopover
          filter={filter}
          button={button}
          onOpenChange={onOpenChange}
          onChoose={(view) => choose(view.filter)}
        />
      )}
    </PopoverButton>
  )
}

/** While the views are open a digit chooses the one that has it; what it is in a field, the field has. */
function useDigits(isOn: boolean, choose: (filter: string) => void): void {
  const trpc = useTRPC()
  const client = useQueryClient()
  const newest = useRef(choose)
  useEffect(() => {
    newest.current = choose
  })
  useEffect(() => {
    if (!isOn) return
    const listen = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, metaKey, altKey } = event
      if (!/^[1-9]$/.test(key) || ctrlKey || metaKey || altKey) return
      if (target instanceof HTMLElement && target.closest('input:not([type=radio], [type=checkbox]), select, textarea'))
        return
      event.preventDefault()
      const open = async () => {
        const views = await client.fetchQuery(trpc.inspector.savedViews.queryOptions(undefined, { staleTime: 5_000 }))
        const view = views.find((each) => each.shortcut === Number(key))
        if (view) newest.current(view.filter)
      }
      void open().catch(() => undefined)
    }
    window.addEventListener('keydown', listen, true)
    return () => window.removeEventListener('keydown', listen, true)
  }, [isOn, client, trpc])
}
