'use client'
import clsx from 'clsx'
import { useMemo } from 'react'
import { type RevisionView, type TimeOutSpan, timeOutSpans } from '../model/process-view.ts'
import type { Picked } from './compared-steps.tsx'

interface Props {
  revisions: readonly RevisionView[]
  openTimeOuts: readonly { messageId: string }[]
  picked: Picked
}

/**
 * A dot for each step beside the history: a press goes there, a drag runs through it. Keys walk through the steps. A
 * brace joins the step that asked for a time-out with the one in which it came.
 */
export function StepRail({ revisions, openTimeOuts, picked: { a, b } }: Props) {
  const spans = useMemo(() => timeOutSpans(revisions, openTimeOuts), [revisions, openTimeOuts])
  return (
    <div className="sticky top-4 max-h-[calc(100dvh-2rem)] self-start overflow-y-auto max-lg:hidden">
      <div className="relative">
        <ol aria-label="Steps" className="flex w-6 flex-col items-center">
          {revisions.map(({ version, messageIn }) => (
            <li key={version} className="shrink-0">
              <button
                type="button"
                tabIndex={-1}
                aria-label={`To step ${version}`}
                title={`Step ${version}: ${messageIn.name}`}
                onClick={() => goToStep(version)}
                onPointerEnter={({ buttons }) => buttons === 1 && goToStep(version)}
                className="group grid size-6 touch-none place-items-center"
              >
                <span
                  className={clsx(
                    'size-2.5 rounded-full border group-hover:border-ink',
                    version === a || version === b ? 'border-accent bg-accent' : 'border-muted bg-raised',
                  )}
                />
              </button>
            </li>
          ))}
        </ol>
        <Braces revisions={revisions} spans={spans} />
      </div>
    </div>
  )
}

const STEP_PX = 24
const BRACE = { left: 20, width: 20, nearest: 4, apart: 4, ways: 4 }

/** Of what is still to come the brace is open at the top. The words are beside the messages. */
function Braces({ revisions, spans }: { revisions: readonly RevisionView[]; spans: readonly TimeOutSpan[] }) {
  const placeOf = (version: number) => (revisions.findIndex((each) => each.version === version) + 0.5) * STEP_PX
  return (
    <svg
      aria-hidden="true"
      width={BRACE.width}
      height={revisions.length * STEP_PX}
      className="pointer-events-none absolute top-0 fill-none stroke-muted"
      style={{ left: BRACE.left }}
    >
      {spans.map(({ messageId, askedIn, cameIn }, index) => {
        const out = BRACE.nearest + (index % BRACE.ways) * BRACE.apart
        const end = cameIn === null ? 'V0' : `V${placeOf(cameIn)}H0`
        return (
          <path
            key={messageId}
            d={`M0 ${placeOf(askedIn)}H${out}${end}`}
            strokeDasharray={cameIn === null ? '2 3' : undefined}
          />
        )
      })}
    </svg>
  )
}

/** The step gets the focus: from there keys go on. */
export function goToStep(version: number): void {
  const step = document.querySelector<HTMLElement>(`li[data-step="${version}"]`)
  step?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true })
  step?.scrollIntoView({ block: 'nearest' })
}
