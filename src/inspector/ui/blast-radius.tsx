import { type Blast, emissionWords, GUARANTEE_WORDS } from '../model/blast-radius.ts'

/** What the retry will do again, handler by handler, before anybody agrees to it. */
export function BlastRadius({ blast }: { blast: readonly Blast[] }) {
  if (blast.length === 0) return null
  return (
    <section aria-label="What will happen again" className="rounded-md border border-line">
      <h3 className="border-b border-line px-3 py-2 text-sm font-medium">What will happen again</h3>
      <ul className="max-h-56 divide-y divide-line overflow-y-auto" tabIndex={0} aria-label="Handlers that run again">
        {blast.map((each) => (
          <li key={each.subscription} className="grid gap-1 px-3 py-2 text-sm">
            <span className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-mono text-xs font-medium [overflow-wrap:anywhere]">{each.subscription}</span>
              <span className="text-xs text-muted">
                runs {each.count === 1 ? 'once' : `${each.count.toLocaleString('en')} times`}
              </span>
            </span>
            <span className="flex gap-1.5 text-xs text-muted">
              <span aria-hidden="true" className="text-ink">
                {each.kind === 'effectful' ? '↻' : each.kind === null ? '⊘' : '1×'}
              </span>
              {each.kind === null ? 'not in this build: they wait for a build that has it' : GUARANTEE_WORDS[each.kind]}
            </span>
            <span className="text-xs">{emissionsOf(each)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function emissionsOf({ emits, observed, count }: Blast): string {
  if (observed === 0) return 'It has not succeeded in a week: what it sends is not known.'
  const basis = `by ${observed === 1 ? 'one that' : `${observed.toLocaleString('en')} that`} succeeded this week`
  if (emits.length === 0) return `It sends nothing on, ${basis}.`
  return `Sends ${emits.map((each) => emissionWords(each, count)).join(', ')}, ${basis}.`
}
