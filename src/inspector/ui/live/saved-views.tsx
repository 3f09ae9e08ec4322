'use client'
import { Bookmark } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { Button } from '../../../web/components/button.tsx'

const load = () => import('./saved-views-popover.tsx')
const SavedViewsPopover = lazy(async () => ({ default: (await load()).SavedViewsPopover }))

interface Props {
  /** The filter of the list now. */
  filter: string
  onChoose(filter: string): void
}

/** Opens the filters that were given a name. */
export function SavedViews({ filter, onChoose }: Props) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button
        ref={button}
        variant="quiet"
        size="small"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={() => void load()}
        onClick={() => setOpen((known) => !known)}
        className="max-sm:px-2"
      >
        <Bookmark size={14} aria-hidden="true" />
        <span className="max-sm:sr-only">Views</span>
      </Button>
      {isOpen && (
        <Suspense>
          <SavedViewsPopover
            filter={filter}
            button={button}
            onOpenChange={setOpen}
            onChoose={(view) => {
              setOpen(false)
              onChoose(view.filter)
            }}
          />
        </Suspense>
      )}
    </>
  )
}
