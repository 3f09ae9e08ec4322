import clsx from 'clsx'
import type { ProcessDetail } from '../model/process-view.ts'
import { ComparedSteps, usePicked } from './compared-steps.tsx'
import { ProcessStep } from './process-step.tsx'
import { StepRail } from './step-rail.tsx'
import { useTitleOf } from './use-title-of.ts'

interface Props {
  instance: ProcessDetail
  /** Null until the page is in a browser, and where nothing is awaited. */
  now: number | null
}

/** What each message made of an instance, newest first, with a rail to run through it. */
export function ProcessHistory({ instance, now }: Props) {
  const { revisions, truncated, openTimeOuts, process: name, key } = instance
  const { picked, pick } = usePicked()
  const titleOf = useTitleOf()
  const hasMany = revisions.length > 1
  return (
    <>
      {hasMany && <ComparedSteps revisions={revisions} picked={picked} />}
      <div className={clsx(hasMany && 'lg:grid lg:grid-cols-[2.25rem_minmax(0,1fr)] lg:gap-4')}>
        {hasMany && <StepRail revisions={revisions} openTimeOuts={openTimeOuts} picked={picked} />}
        <ol aria-label="History" reversed className="grid gap-3">
          {revisions.map((revision, index) => (
            <ProcessStep
              key={revision.version}
              revision={revision}
              before={revisions[index + 1]}
              revisions={revisions}
              openTimeOuts={openTimeOuts}
              now={now}
              titleOf={titleOf}
              of={{ name, key }}
              picked={picked}
              onPick={pick}
            />
          ))}
        </ol>
      </div>
      {truncated && <p className="mt-3 text-sm text-muted">Only the newest {revisions.length} steps are shown.</p>}
    </>
  )
}
