import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { type ConversationAddress, VIEWS } from '../../model/timeline/address.ts'
import { type Axis, zoomed } from '../../model/timeline/axis.ts'
import { Choice } from './choice.tsx'
import type { ChangeAddress } from './use-address.ts'
import { ViewTabs } from './view-tabs.tsx'

interface Props {
  address: ConversationAddress
  axis: Axis
  change: ChangeAddress
  /** What the view that is shown adds. */
  children?: ReactNode
}

const TOGGLES = [
  ['errorsOnly', 'Errors only', VIEWS],
  ['foldsIdle', 'Fold idle time', ['tree']],
  ['showsPath', 'Critical path', ['tree']],
] as const

/** What of the conversation is shown, and how. */
export function Toolbar({ address, axis, change, children }: Props) {
  const show = (subscription: string) =>
    change({ hidden: new Set([...address.hidden].filter((each) => each !== subscription)) })
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 text-sm">
      <ViewTabs view={address.view} onChange={(view) => change({ view })} />
      {TOGGLES.filter(([, , views]) => views.some((each) => each === address.view)).map(([flag, word]) => (
        <Choice key={flag} isOn={address[flag]} onClick={() => change({ [flag]: !address[flag] })}>
          {word}
        </Choice>
      ))}
      {children}
      <span className="ml-auto flex gap-1 max-sm:hidden">
        {address.view === 'tree' && (
          <>
            <Choice title="+" onClick={() => change({ zoom: zoomed(axis, 0.5, 0.5) })}>
              Zoom in
            </Choice>
            <Choice title="-" onClick={() => change({ zoom: zoomed(axis, 2, 0.5) })}>
              Zoom out
            </Choice>
          </>
        )}
        {(address.view === 'tree' || address.zoom) && (
          <Choice title="0" onClick={() => change({ zoom: null })}>
            All of it
          </Choice>
        )}
      </span>
      {[...address.hidden].map((subscription) => (
        <button
          key={subscription}
          type="button"
          onClick={() => show(subscription)}
          aria-label={`Show ${subscription} again`}
          className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-full border border-line px-2.5 text-xs text-muted hover:text-ink"
        >
          <span className="truncate">without {subscription}</span> <X size={12} aria-hidden="true" />
        </button>
      ))}
    </div>
  )
}
