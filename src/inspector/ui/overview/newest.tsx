import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { Link } from '../../../web/components/link.tsx'
import { StateGlyph } from '../../../web/components/state-glyph.tsx'
import type { DeadLetterGroup } from '../../model/dead-letters.ts'
import type { OperationView } from '../../model/operation.ts'
import { Ago } from '../ago.tsx'
import { countWord } from '../dead-letter-group-card.tsx'
import { useLights } from '../follow/followed-key.ts'
import { lit } from '../follow/lit.ts'
import { countWords, nameOf, OperationProgress } from '../operation-progress.tsx'

/** The kinds of failure that were seen last. */
export function NewestFailures({ groups, now }: { groups: readonly DeadLetterGroup[]; now: number | null }) {
  const lights = useLights()
  return (
    <section aria-labelledby="failures-title" className="rounded-md border border-line bg-raised p-4">
      <Head id="failures-title" title="Newest failures" href="/inspector/dead-letters" />
      {groups.length === 0 ? (
        <p className="mt-2 text-sm text-muted">Nothing is dead.</p>
      ) : (
        <ul className="mt-2 divide-y divide-line">
          {groups.map((group) => (
            <li
              key={group.fingerprint}
              {...lit(lights?.failure(group.fingerprint))}
              className="flex items-baseline gap-3 py-2 text-sm last:pb-0"
            >
              <span className="flex items-center gap-1.5 font-semibold tabular-nums">
                <StateGlyph state="dead" size={12} />
                {countWord(group.count)}
              </span>
              <span className="min-w-0 flex-1">
                <Link
                  href={`/inspector/dead-letters/${group.fingerprint}`}
                  className="line-clamp-1 underline-offset-4 hover:underline"
                >
                  <ForeignText text={group.lastError || group.errorName || 'no text'} />
                </Link>
                <span className="block truncate font-mono text-xs text-muted">{group.subscription}</span>
              </span>
              <span className="text-xs whitespace-nowrap text-muted">
                <Ago iso={group.lastSeenAt} now={now} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** What operators are doing to many deliveries at once. */
export function RunningOperations({ operations }: { operations: readonly OperationView[] }) {
  const running = operations.filter(({ state }) => state === 'running' || state === 'paused')
  const shown = running.length > 0 ? running : operations.slice(0, 1)
  return (
    <section aria-labelledby="operations-title" className="rounded-md border border-line bg-raised p-4">
      <Head id="operations-title" title="Operations in progress" href="/inspector/operations" />
      {running.length === 0 && (
        <p className="mt-2 text-sm text-muted">None is underway{shown.length > 0 ? '. The last one:' : '.'}</p>
      )}
      <ul className="grid gap-3 not-empty:mt-2">
        {shown.map((operation) => (
          <li key={operation.operationId} className="grid gap-1.5 text-sm">
            <Link
              href={`/inspector/operations/${operation.operationId}`}
              className="line-clamp-1 underline-offset-4 hover:underline"
            >
              {nameOf(operation)}
            </Link>
            <OperationProgress operation={operation} />
            <span className="text-xs text-muted">
              {operation.state}: {countWords(operation.counts)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Head({ id, title, href }: { id: string; title: string; href: string }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <h2 id={id} className="text-sm font-semibold">
        {title}
      </h2>
      <Link href={href} className="text-xs text-accent underline-offset-4 hover:underline">
        All
      </Link>
    </div>
  )
}
