'use client'
import clsx from 'clsx'
import type { RevisionView } from '../model/process-view.ts'
import type { Picked } from './compared-steps.tsx'

interface Props {
  revisions: readonly RevisionView[]
  picked: Picked
}

/** A dot for each step beside the history: a press goes there, a drag runs through it. Keys walk through the steps. */
export function StepRail({ revisions, picked: { a, b } }: Props) {
  return (
    <ol
      aria-label="Steps"
      className="sticky top-4 flex max-h-[calc(100dvh-2rem)] flex-col items-center self-start overflow-y-auto max-lg:hidden"
    >
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
  )
}

/** The step gets the focus: from there keys go on. */
export function goToStep(version: number): void {
  const step = document.querySelector<HTMLElement>(`li[data-step="${version}"]`)
  step?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true })
  step?.scrollIntoView({ block: 'nearest' })
}
