import clsx from 'clsx'
import type { CSSProperties } from 'react'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { StateGlyph } from '../../../web/components/state-glyph.tsx'
import type { GraphNode } from '../../model/timeline/cause-graph.ts'
import { stateAt } from '../../model/timeline/parts.ts'
import { useLights } from '../follow/followed-key.ts'
import { lit } from '../follow/lit.ts'
import { MessageLink } from './message-link.tsx'

/** More signs do not fit on a card. */
const MOST = 8

interface Props {
  id: string
  node: GraphNode
  /** Of the message's type, and what that says. */
  title: string
  time: number | null
  isSelected: boolean
  style: CSSProperties
  onSelect(id: string): void
}

/** A message, and how each of its deliveries stood at the playhead. */
export function GraphCard({ id, node, title, time, isSelected, style, onSelect }: Props) {
  const { message, column, hidden } = node
  const lights = useLights()
  const isLater = time !== null && time < message.at
  const states = message.deliveries.map((each) => ({
    subscription: each.subscription,
    state: time === null ? each.state : stateAt(message, each, time),
  }))
  const words = states.map(({ subscription, state }) => `${subscription}: ${state ?? 'not sent yet'}`).join(', ')
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it has the keys
    <div
      role="treeitem"
      id={id}
      aria-level={column + 1}
      aria-selected={isSelected}
      {...lit(lights?.message({ messageId: message.id }))}
      aria-label={`${message.name}. ${words || 'no handler'}`}
      tabIndex={-1}
      title={words || 'No handler.'}
      onClick={() => onSelect(message.id)}
      className={clsx(
        'graph-card absolute grid h-12 w-58 content-center gap-1 rounded-md border bg-paper px-2.5 text-xs',
        isSelected ? 'border-accent shadow-[inset_3px_0_0_var(--accent)]' : 'border-line hover:border-muted',
        isLater && 'opacity-35',
      )}
      style={style}
    >
      <span className="flex min-w-0 items-center gap-1.5">
        <KindMark kind={message.kind} />
        <MessageLink
          messageId={message.id}
          title={title}
          className="truncate font-semibold whitespace-nowrap underline-offset-4 hover:underline"
        >
          <DottedName name={message.name} isCut />
        </MessageLink>
      </span>
      <span className="flex items-center gap-1">
        {states
          .slice(0, MOST)
          .map(
            ({ subscription, state }) =>
              state && <StateGlyph key={`${subscription}${state}`} state={state} size={12} />,
          )}
        {states.length > MOST && <span className="text-muted">+{states.length - MOST}</span>}
        {states.length === 0 && <span className="text-muted">no handler</span>}
        {hidden > 0 && <span className="ml-auto text-muted">{hidden} hidden</span>}
      </span>
    </div>
  )
}
