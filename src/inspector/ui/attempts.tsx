import type { RecordedError } from '../../bus/message.ts'
import { Moment } from '../../web/components/moment.tsx'
import { formatMs } from '../model/durations.ts'
import type { AttemptView, LaneView } from '../model/view.ts'

const OUTCOMES = { succeeded: 'succeeded', failed: 'failed', 'lease-lost': 'its node went silent' } as const

/** Every attempt of a delivery, the newest first, each with its own error. */
export function Attempts({ lane }: { lane: LaneView | undefined }) {
  if (!lane) return <p className="text-sm text-muted">There is no delivery to attempt.</p>
  if (lane.attempts.length === 0)
    return (
      <p className="text-sm text-muted">{lane.state === 'skipped' ? 'None: it was skipped.' : 'None has ended yet.'}</p>
    )
  return (
    <ol className="grid gap-2">
      {lane.attempts.toReversed().map((attempt) => (
        <Attempt key={attempt.number} attempt={attempt} />
      ))}
    </ol>
  )
}

function Attempt({ attempt }: { attempt: AttemptView }) {
  const { number, outcome, startedAt, finishedAt, node, error, nextDueAt } = attempt
  return (
    <li className="rounded-md border border-line bg-raised px-4 py-3 text-sm">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-medium">
          {number}. {OUTCOMES[outcome]}
        </span>
        <span className="text-xs text-muted">
          <Moment iso={startedAt} /> · {formatMs(Date.parse(finishedAt) - Date.parse(startedAt))} · {node}
        </span>
      </p>
      {error && <ErrorText error={error} />}
      {nextDueAt && (
        <p className="mt-1 text-xs text-muted">
          Next one due at <Moment iso={nextDueAt} />
        </p>
      )}
    </li>
  )
}

function ErrorText({ error }: { error: RecordedError }) {
  return (
    <div className="mt-2 grid gap-1">
      <p className="break-words">
        <span className="font-medium text-danger">{error.name}</span>
        {error.code && <span className="font-mono text-xs text-muted"> {error.code}</span>}: {error.message}
      </p>
      {error.cause && (
        <div className="border-l-2 border-line pl-3">
          <p className="text-xs text-muted">caused by</p>
          <ErrorText error={error.cause} />
        </div>
      )}
      {error.stack && (
        <details>
          <summary className="cursor-pointer text-xs text-muted">Stack</summary>
          <pre tabIndex={0} className="mt-1 max-h-64 overflow-auto rounded bg-tint p-3 text-xs">
            {error.stack}
          </pre>
        </details>
      )}
    </div>
  )
}
