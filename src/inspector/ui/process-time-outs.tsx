import { formatMs } from '../model/durations.ts'
import { elapsedShare, firingOf, type ProcessDetail, type RevisionView, requestOf } from '../model/process-view.ts'
import { goToStep } from './step-rail.tsx'

interface StepProps {
  revision: RevisionView
  revisions: readonly RevisionView[]
}

/** Of a time-out that came: which step asked for it. */
export function Asked({ revision, revisions }: StepProps) {
  const request = requestOf(revisions, revision.messageIn.messageId)
  if (!request) return null
  return (
    <p className="text-xs text-muted">
      asked for in <StepButton version={request.version} />, {apart(request, revision)} before
    </p>
  )
}

export interface LaterProps extends StepProps {
  openTimeOuts: ProcessDetail['openTimeOuts']
  /** Null until the page is in a browser, and where nothing is awaited. */
  now: number | null
}

/** A time-out is asked for in one step, and comes in another, or has not come yet. */
export function Later({ messageId, revision, revisions, openTimeOuts, now }: LaterProps & { messageId: string }) {
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

/** The time between two steps. */
export function apart(before: RevisionView, after: RevisionView): string {
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
