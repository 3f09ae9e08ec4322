import clsx from 'clsx'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ConversationAddress } from '../../model/timeline/address.ts'
import { type Axis, zoomed } from '../../model/timeline/axis.ts'
import type { ChangeAddress } from './use-address.ts'

interface Props {
  address: ConversationAddress
  axis: Axis
  change: ChangeAddress
}

const TOGGLES = [
  ['errorsOnly', 'Errors only'],
  ['foldsIdle', 'Fold idle time'],
  ['showsPath', 'Critical path'],
] as const

/** What of the conversation is shown, and how. */
export function Toolbar({ address, axis, change }: Props) {
  const show = (subscription: string) =>
    change({ hidden: new Set([...address.hidden].filter((each) => each !== subscription)) })
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 text-sm">
      {TOGGLES.map(([flag, word]) => (
        <Choice key={flag} isOn={address[flag]} onClick={() => change({ [flag]: !address[flag] })}>
          {word}
        </Choice>
      ))}
      <span className="ml-auto flex gap-1 max-sm:hidden">
        <Choice title="+" onClick={() => change({ zoom: zoomed(axis, 0.5, 0.5) })}>
          Zoom in
        </Choice>
        <Choice title="-" onClick={() => change({ zoom: zoomed(axis, 2, 0.5) })}>
          Zoom out
        </Choice>
        <Choice title="0" onClick={() => change({ zoom: null })}>
          All of it
        </Choice>
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

interface ChoiceProps {
  isOn?: boolean
  title?: string
  onClick(): void
  children: ReactNode
}

function Choice({ isOn, title, onClick, children }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      title={title}
      onClick={onClick}
      className={clsx(
        'h-7 rounded-md border px-2.5 text-xs transition-colors',
        isOn ? 'border-ink bg-ink text-paper' : 'border-line bg-raised text-muted hover:border-muted hover:text-ink',
      )}
    >
      {children}
    </button>
  )
}
