import clsx from 'clsx'
import { type ReactNode, useId, useState } from 'react'
import { Link } from '../../web/components/link.tsx'
import { Moment } from '../../web/components/moment.tsx'
import { formatMs } from '../model/durations.ts'
import { elapsedShare, firingOf, type ProcessDetail, type RevisionView, requestOf } from '../model/process-view.ts'
import { ComparedSteps, type Picked, usePicked } from './compared-steps.tsx'
import { Changes } from './process-changes.tsx'
import { goToStep, StepRail } from './step-rail.tsx'
import { WholeState } from './whole-state.tsx'

interface Props {
  instance: ProcessDetail
  /** Null until the page is in a browser, and where nothing is awaited. */
  now: number | null
  /** As the address has them. */
  picked: Picked
}

/** What each message made of an instance: what came in, what it changed, what went out. Newest first. */
export function ProcessHistory({ instance, now, picked: first }: Props) {
  const { revisions, truncated, openTimeOuts, process: name, key } = instance
  const { picked, pick } = usePicked(first)
  return (
    <>
      {revisions.length > 1 && <ComparedSteps revisions={revisions} picked={picked} />}
      <div className={clsx(revisions.length > 1 && 'lg:grid lg:grid-cols-[1.5rem_minmax(0,1fr)] lg:gap-4')}>
        {revisions.length > 1 && <StepRail revisions={revisions} picked={picked} />}
        <ol aria-label="History" reversed className="grid gap-3">
          {revisions.map((revision, index) => (
            <li key={revision.version} data-step={revision.version} className="rounded-md border border-line bg-raised">
              <div className="flex flex-wrap items-baseline gap-x-3 border-b border-line px-4 py-2 text-sm">
                <h3 className="font-medium">Step {revision.version}</h3>
                <span className="text-xs text-muted">
                  <Moment iso={revision.at} />
                </span>
                <Gap revision={revision} before={revisions[index + 1]} />
                {revisions.length > 1 && (
                  <span className="ml-auto flex gap-1">
                    {(['a', 'b'] as const).map((which) => (
                      <button
                        key={which}
                        type="button"
                        aria-pressed={picked[which] === revision.version}
                        aria-label={`Step ${revision.version} is ${which}`}
                        title={`Compare ${which === 'a' ? 'from' : 'to'} here (${which})`}
                        onClick={() => pick(which, revision.version)}
                        className="size-6 rounded border border-line font-mono text-xs text-muted hover:border-muted hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-accent-ink"
                      >
                        {which}
                      </button>
                    ))}
                  </span>
                )}
              </div>
              <div className="grid gap-4 px-4 py-3 lg:grid-cols-3 lg:gap-6">
                <Column title="Message in">
                  <MessageLink {...revision.messageIn} />
                  <Asked revision={revision} revisions={revisions} />
                </Column>
                <Column title="Changed">
                  <Changes changes={revision.changes} />
                </Column>
                <Column title="Messages out">
                  <MessagesOut revision={revision} revisions={revisions} openTimeOuts={openTimeOuts} now={now} />
                </Column>
              </div>
              <Unfolding version={revision.version}>
                <WholeState of={{ name, key, version: revision.version }} />
              </Unfolding>
            </li>
          ))}
        </ol>
      </div>
      {truncated && <p className="mt-3 text-sm text-muted">Only the newest {revisions.length} steps are shown.</p>}
    </>
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
      {formatMs(Date.parse(revision.at) - Date.parse(before.at))} after step {before.version}
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

function MessageLink({ messageId, name }: { messageId: string; name: string }) {
  return (
    <Link
      href={`/inspector/m/${messageId}`}
      className="font-mono text-xs leading-5 [overflow-wrap:anywhere] underline decoration-line underline-offset-4 hover:decoration-ink"
    >
      {name}
    </Link>
  )
}

interface StepProps {
  revision: RevisionView
  revisions: readonly RevisionView[]
}

/** Of a time-out that came: which step asked for it. */
function Asked({ revision, revisions }: StepProps) {
  const request = requestOf(revisions, revision.messageIn.messageId)
  if (!request) return null
  return (
    <p className="text-xs text-muted">
      asked for in <StepButton version={request.version} />, {apart(request, revision)} before
    </p>
  )
}

/** A time-out is asked for in one step, and comes in another, or has not come yet. */
function Later({ messageId, revision, revisions, openTimeOuts, now }: OutProps & { messageId: string }) {
  const firing = firingOf(revisions, messageId)
  const open = openTimeOuts.find((each) => each.messageId === messageId)
  if (open) return <Elapsed from={revision.at} dueAt={open.dueAt} now={now} />
  if (!firing) return <span className="text-xs text-muted">called off</span>
  return (
    <span className="text-xs text-muted">
      came in <StepButton version={firing.version} />, {apart(revision, firing)} later
    </span>
  )
}

/** How far a time-out that is still open has come. */
function Elapsed({ from, dueAt, now }: { from: string; dueAt: string; now: number | null }) {
  const whole = formatMs(Date.parse(dueAt) - Date.parse(from))
  if (now === null) return <span className="text-xs text-muted">for later, in {whole}</span>
  const share = elapsedShare(from, { dueAt }, now)
  return (
    <span className="inline-flex items-center gap-2 text-xs text-muted">
      <span aria-hidden="true" className="h-1.5 w-16 overflow-hidden rounded-full bg-line">
        <span className="block h-full bg-state-pending" style={{ width: `${share * 100}%` }} />
      </span>
      {Math.floor(share * 100)} % of {whole} over
    </span>
  )
}

function apart(before: RevisionView, after: RevisionView): string {
  return formatMs(Date.parse(after.at) - Date.parse(before.at))
}

function StepButton({ version }: { version: number }) {
  return (
    <button
      type="button"
      onClick={() => goToStep(version)}
      className="text-ink underline decoration-line underline-offset-4 hover:decoration-ink"
    >
      step {version}
    </button>
  )
}

interface OutProps extends StepProps {
  openTimeOuts: ProcessDetail['openTimeOuts']
  now: number | null
}

function MessagesOut({ revision, ...rest }: OutProps) {
  const sent = revision.messagesOut
  if (sent.length === 0) return <p className="text-sm text-muted">none</p>
  return (
    <ul className="grid gap-1">
      {sent.map(({ messageId, name, action }) => (
        <li key={messageId}>
          <MessageLink messageId={messageId} name={name} />{' '}
          {action === 'time-out' && <Later messageId={messageId} revision={revision} {...rest} />}
        </li>
      ))}
    </ul>
  )
}
