import { type ReactNode, useId, useState } from 'react'
import { Link } from '../../web/components/link.tsx'
import { Moment } from '../../web/components/moment.tsx'
import type { RevisionView } from '../model/process-view.ts'
import type { Picked } from './compared-steps.tsx'
import { Changes } from './process-changes.tsx'
import { Asked, apart, Later, type LaterProps } from './process-time-outs.tsx'
import type { TitleOf } from './use-title-of.ts'
import { WholeState } from './whole-state.tsx'

interface Props extends LaterProps {
  /** The step before it; undefined where it is the first, or not shown. */
  before: RevisionView | undefined
  /** Whose step it is. */
  of: { name: string; key: string }
  titleOf: TitleOf
  picked: Picked
  onPick(which: keyof Picked, version: number): void
}

/** One step: the message that came in, what it changed, what went out. */
export function ProcessStep({ before, of, titleOf, picked, onPick, ...step }: Props) {
  const { revision, revisions } = step
  const { version, at, messageIn, changes } = revision
  return (
    <li data-step={version} className="rounded-md border border-line bg-raised">
      <div className="flex flex-wrap items-baseline gap-x-3 border-b border-line px-4 py-2 text-sm">
        <h3 className="font-medium">Step {version}</h3>
        <span className="text-xs text-muted">
          <Moment iso={at} />
        </span>
        <Gap revision={revision} before={before} />
        {revisions.length > 1 && <Picks version={version} picked={picked} onPick={onPick} />}
      </div>
      <div className="grid gap-4 px-4 py-3 lg:grid-cols-3 lg:gap-6">
        <Column title="Message in">
          <MessageLink {...messageIn} titleOf={titleOf} />
          <Asked revision={revision} revisions={revisions} />
        </Column>
        <Column title="Changed">
          <Changes changes={changes} />
        </Column>
        <Column title="Messages out">
          <MessagesOut {...step} titleOf={titleOf} />
        </Column>
      </div>
      <Unfolding version={version}>
        <WholeState of={{ ...of, version }} />
      </Unfolding>
    </li>
  )
}

/** Makes it one of the two steps that are compared. */
function Picks({ version, picked, onPick }: { version: number } & Pick<Props, 'picked' | 'onPick'>) {
  return (
    <span className="ml-auto flex gap-1">
      {(['a', 'b'] as const).map((which) => (
        <button
          key={which}
          type="button"
          aria-pressed={picked[which] === version}
          aria-label={`Step ${version} is ${which}`}
          title={`Compare ${which === 'a' ? 'from' : 'to'} here (${which})`}
          onClick={() => onPick(which, version)}
          className="size-6 rounded border border-line font-mono text-xs text-muted hover:border-muted hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-accent-ink"
        >
          {which}
        </button>
      ))}
    </span>
  )
}

/** What changed is enough, until somebody wants to see the rest too. */
function Unfolding({ version, children }: { version: number; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  return (
    <div className="border-t border-line px-4 py-1.5">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={`All of its state, step ${version}`}
        onClick={() => setOpen(!isOpen)}
        className="text-xs text-accent underline-offset-4 hover:underline"
      >
        {isOpen ? 'Only what changed' : 'All of its state'}
      </button>
      {isOpen && (
        <div id={id} className="pt-1 pb-2">
          {children}
        </div>
      )}
    </div>
  )
}

function Gap({ revision, before }: { revision: RevisionView; before: RevisionView | undefined }) {
  if (!before) return null
  return (
    <span className="text-xs text-muted">
      {apart(before, revision)} after step {before.version}
    </span>
  )
}

function Column({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="mb-1 text-xs text-muted">{title}</p>
      {children}
    </div>
  )
}

interface LinkProps extends Pick<Props, 'titleOf'> {
  messageId: string
  name: string
}

function MessageLink({ messageId, name, titleOf }: LinkProps) {
  return (
    <Link
      href={`/inspector/m/${messageId}`}
      title={titleOf(name)}
      className="font-mono text-xs leading-5 [overflow-wrap:anywhere] underline decoration-line underline-offset-4 hover:decoration-ink"
    >
      {name}
    </Link>
  )
}

function MessagesOut({ titleOf, ...step }: LaterProps & Pick<Props, 'titleOf'>) {
  const sent = step.revision.messagesOut
  if (sent.length === 0) return <p className="text-sm text-muted">none</p>
  return (
    <ul className="grid gap-1">
      {sent.map(({ messageId, name, action }) => (
        <li key={messageId}>
          <MessageLink messageId={messageId} name={name} titleOf={titleOf} />{' '}
          {action === 'time-out' && <Later messageId={messageId} {...step} />}
        </li>
      ))}
    </ul>
  )
}
