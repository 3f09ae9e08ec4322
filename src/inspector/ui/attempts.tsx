'use client'
import clsx from 'clsx'
import { type ReactNode, useState } from 'react'
import type { RecordedError } from '../../bus/message.ts'
import { ForeignText } from '../../web/components/foreign-text.tsx'
import { Link } from '../../web/components/link.tsx'
import { Moment } from '../../web/components/moment.tsx'
import { StateGlyph } from '../../web/components/state-glyph.tsx'
import { formatMs } from '../model/durations.ts'
import { attemptPath } from '../model/message-address.ts'
import type { AttemptView, LaneView } from '../model/view.ts'
import { AttemptsSideBySide } from './attempts-side-by-side.tsx'
import { Choice } from './conversation/choice.tsx'
import { Stack } from './stack.tsx'

const OUTCOMES = { succeeded: 'succeeded', failed: 'failed', 'lease-lost': 'its node went silent' } as const

interface Props {
  lane: LaneView | undefined
  /** The one that an address asks for. */
  asked?: number | null
  onAsk?(number: number): void
}

/** Every attempt of a delivery, the newest first, each with its own error and an address of its own. */
export function Attempts({ lane, asked = null, onAsk }: Props) {
  const [isBeside, setBeside] = useState(false)
  if (!lane || lane.attempts.length === 0) {
    return <p className="rounded-md border border-dashed border-line px-4 py-3 text-sm text-muted">{whyNone(lane)}</p>
  }
  const newestFirst = lane.attempts.toReversed()
  const choice = lane.attempts.length > 1 && (
    <span className="flex items-center gap-3 text-sm">
      <Choice isOn={isBeside} onClick={() => setBeside(!isBeside)}>
        Side by side
      </Choice>
      <Link
        href={`/inspector/compare?a=${lane.deliveryId}.1&b=${lane.deliveryId}.${lane.attempts.at(-1)!.number}`}
        className="text-accent underline underline-offset-4"
      >
        The first and the last on a page
      </Link>
    </span>
  )
  if (isBeside) return <Stacked choice={choice} list={<AttemptsSideBySide attempts={lane.attempts} />} />
  const list = (
    <ol className="divide-y divide-line rounded-md border border-line bg-raised">
      {newestFirst.map((attempt, index) => (
        <Attempt
          key={attempt.number}
          lane={lane}
          attempt={attempt}
          later={newestFirst[index - 1]}
          isAsked={attempt.number === asked}
          onAsk={onAsk}
        />
      ))}
    </ol>
  )
  return <Stacked choice={choice} list={list} />
}

function Stacked({ choice, list }: { choice: ReactNode; list: ReactNode }) {
  return (
    <div className="grid gap-2">
      {choice && <div>{choice}</div>}
      {list}
    </div>
  )
}

function whyNone(lane: LaneView | undefined): string {
  if (!lane) return 'There is no delivery to attempt.'
  return lane.state === 'skipped' ? 'None: it was skipped.' : 'None has ended yet.'
}

interface AttemptProps {
  lane: LaneView
  attempt: AttemptView
  later: AttemptView | undefined
  isAsked: boolean
  onAsk: Props['onAsk']
}

function Attempt({ lane, attempt, later, isAsked, onAsk }: AttemptProps) {
  const { number, outcome, startedAt, finishedAt, node, error, nextDueAt } = attempt
  const isRepeated = error !== null && later?.error?.name === error.name && later.error.message === error.message
  return (
    <li
      data-attempt={number}
      aria-current={isAsked || undefined}
      className={clsx('px-4 py-2.5 text-sm', isAsked && 'bg-tint')}
    >
      <p className="flex flex-wrap items-center gap-x-3 max-sm:gap-x-2">
        <Link
          href={attemptPath({ ...lane, number })}
          prefetch={false}
          aria-label={`Attempt ${number}`}
          title="The address of this attempt"
          onClick={(event) => {
            if (!onAsk || event.metaKey || event.ctrlKey || event.shiftKey) return
            event.preventDefault()
            onAsk(number)
          }}
          className="w-4 text-right font-mono text-xs text-muted hover:text-ink hover:underline"
        >
          {number}
        </Link>
        <span className="inline-flex items-center gap-1.5 font-medium">
          <StateGlyph state={outcome === 'succeeded' ? 'succeeded' : 'dead'} size={12} />
          {OUTCOMES[outcome]}
        </span>
        <span className="font-mono text-xs text-muted">{formatMs(Date.parse(finishedAt) - Date.parse(startedAt))}</span>
        {isRepeated && <span className="text-xs text-muted">same error</span>}
        <span className="ml-auto flex gap-3 text-xs text-muted">
          <span className="font-mono max-sm:hidden" title="The node that tried">
            {node}
          </span>
          <Moment iso={startedAt} />
        </span>
      </p>
      {error && (!isRepeated || isAsked) && (
        <div className="mt-1 pl-7">
          <ErrorText error={error} />
        </div>
      )}
      {nextDueAt && !later && (
        <p className="mt-1 pl-7 text-xs text-muted">
          Next one due at <Moment iso={nextDueAt} />
        </p>
      )}
    </li>
  )
}

function ErrorText({ error }: { error: RecordedError }) {
  return (
    <div className="grid gap-1">
      <p className="[overflow-wrap:anywhere]">
        <span className="font-medium text-danger">
          <ForeignText text={error.name} />
        </span>
        {error.code && <span className="font-mono text-xs text-muted"> {error.code}</span>}:{' '}
        <ForeignText text={error.message} />
      </p>
      {error.cause && (
        <div className="border-l-2 border-line pl-3">
          <p className="text-xs text-muted">caused by</p>
          <ErrorText error={error.cause} />
        </div>
      )}
      {error.stack && <Stack stack={error.stack} />}
    </div>
  )
}
