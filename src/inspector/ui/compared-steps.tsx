'use client'
import { compareSteps, type RevisionView } from '../model/process-view.ts'
import { Changes } from './process-changes.tsx'
import { useShortcuts } from './shortcuts/use-shortcuts.ts'
import { useInAddress } from './use-in-address.ts'

export interface Picked {
  a: number | null
  b: number | null
}

/** Which two steps are compared; it stands in the address. */
export function usePicked() {
  const [picked, change] = useInAddress(readPicked, writePicked)
  const pick = (which: keyof Picked, version: number) => change({ [which]: picked[which] === version ? null : version })
  const pickHere = (which: keyof Picked) => () => {
    const step = document.activeElement?.closest<HTMLElement>('[data-step]')
    if (step) pick(which, Number(step.dataset.step))
  }
  useShortcuts('process', { pickA: pickHere('a'), pickB: pickHere('b') })
  return { picked, pick }
}

function readPicked(query: URLSearchParams): Picked {
  return { a: versionOf(query.get('a')), b: versionOf(query.get('b')) }
}

function versionOf(asked: string | null): number | null {
  return asked !== null && /^\d{1,9}$/.test(asked) ? Number(asked) : null
}

function writePicked({ a, b }: Picked) {
  return { a: a === null ? null : String(a), b: b === null ? null : String(b) }
}

/** In what an instance differed after one step and after another. */
export function ComparedSteps({ revisions, picked: { a, b } }: { revisions: readonly RevisionView[]; picked: Picked }) {
  if (a === null || b === null) {
    return (
      <p className="mb-3 text-sm text-muted">
        {a === null && b === null
          ? 'Pick two steps, a and b, to see what changed from one to the other.'
          : `Pick ${a === null ? 'a' : 'b'}, too.`}
      </p>
    )
  }
  const { from, to, changes, unknown } = compareSteps(revisions, a, b)
  return (
    <section
      aria-label="Two steps compared"
      className="mb-4 rounded-md border border-accent bg-raised px-4 py-3 text-sm"
    >
      <h3 className="mb-1.5 font-medium">
        From step {from} to step {to}
      </h3>
      {unknown && (
        <p className="mb-1.5 text-muted">
          {unknown.from === unknown.to ? `Step ${unknown.from} is` : `Steps ${unknown.from} to ${unknown.to} are`} older
          than what is shown here. At least what follows has changed since; what was before is as it was after step{' '}
          {unknown.to}.
        </p>
      )}
      <Changes changes={changes} none={unknown ? 'Nothing is known to differ.' : 'Nothing differs.'} />
    </section>
  )
}
