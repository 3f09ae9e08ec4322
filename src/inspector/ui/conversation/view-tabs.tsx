import clsx from 'clsx'
import type { KeyboardEvent } from 'react'
import { SEGMENTS, segmentLook } from '../../../web/components/segments.ts'
import { VIEWS, type ViewName } from '../../model/timeline/address.ts'

const WORDS: Record<ViewName, string> = { tree: 'Tree', sequence: 'Sequence', graph: 'Graph', table: 'Table' }

interface Props {
  view: ViewName
  onChange(view: ViewName): void
}

/** The same conversation, looked at in four ways. */
export function ViewTabs({ view, onChange }: Props) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = VIEWS[(VIEWS.indexOf(view) + step + VIEWS.length) % VIEWS.length]!
    onChange(next)
    event.currentTarget.querySelector<HTMLElement>(`[data-view="${next}"]`)?.focus()
  }
  return (
    <div role="tablist" aria-label="Views" onKeyDown={onKeyDown} className={clsx(SEGMENTS, 'mr-2')}>
      {VIEWS.map((each, index) => (
        <button
          key={each}
          type="button"
          role="tab"
          data-view={each}
          aria-selected={each === view}
          aria-controls="conversation-view"
          tabIndex={each === view ? 0 : -1}
          title={String(index + 1)}
          onClick={() => onChange(each)}
          className={segmentLook(each === view, 'small')}
        >
          {WORDS[each]}
        </button>
      ))}
    </div>
  )
}
