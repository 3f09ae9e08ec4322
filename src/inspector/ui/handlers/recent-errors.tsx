import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { Link } from '../../../web/components/link.tsx'
import type { ErrorText } from '../../model/overview.ts'
import { Ago } from '../ago.tsx'

/** What a handler failed with: each kind of error once, the newest first. */
export function RecentErrors({ errors, now }: { errors: readonly ErrorText[]; now: number | null }) {
  return (
    <section aria-labelledby="errors-title">
      <h2 id="errors-title" className="mb-2 text-lg font-semibold tracking-tight">
        Errors
      </h2>
      {errors.length === 0 ? (
        <p className="text-sm text-muted">None in the last 30 days.</p>
      ) : (
        <ul aria-label="Errors" className="divide-y divide-line rounded-md border border-line bg-raised">
          {errors.map((error) => (
            <li key={error.deliveryId} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
              <span className="w-16 font-mono text-xs">×{error.count.toLocaleString('en')}</span>
              <Link
                href={`/inspector/m/${error.messageId}`}
                className="min-w-0 flex-[1_1_16rem] [overflow-wrap:anywhere] underline-offset-4 hover:underline"
              >
                <ForeignText text={error.text || 'an error without a text'} />
              </Link>
              <span className="text-xs text-muted">
                first <Ago iso={error.firstAt} now={now} />, last <Ago iso={error.lastAt} now={now} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
