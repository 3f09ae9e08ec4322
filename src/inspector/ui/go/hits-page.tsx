import { EmptyState } from '../../../web/components/empty-state.tsx'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { Link } from '../../../web/components/link.tsx'
import { Moment } from '../../../web/components/moment.tsx'
import type { Hit } from '../../model/lookup.ts'
import { HIT_WORDS } from './hit-words.ts'
import { SearchField } from './search-field.tsx'

/** What a text could mean, to choose from; or what can be looked for, where it means nothing. */
export function HitsPage({ text, hits }: { text: string; hits: readonly Hit[] }) {
  return (
    <div className="room">
      <div className="mb-4 flex flex-wrap items-center gap-x-5 gap-y-2">
        <h1 className="text-2xl font-semibold tracking-tight">Go to</h1>
        <SearchField first={text} />
      </div>
      {hits.length === 0 ? (
        <EmptyState title="Nothing has this">
          No id, key, handler or error has{' '}
          <q className="font-mono text-sm break-all text-ink">
            <ForeignText text={text} />
          </q>
          . You can look for the id of a message, a delivery, a conversation, a person or an operation, whole or its
          first 8 characters; the key of a process or of a message; an e-mail address; the name of a handler; or a piece
          of an error.
        </EmptyState>
      ) : (
        <>
          <p className="mb-3 text-sm text-muted">
            <q className="font-mono break-all text-ink">
              <ForeignText text={text} />
            </q>{' '}
            could be one of {hits.length}:
          </p>
          <ul aria-label="What it could be" className="divide-y divide-line rounded-md border border-line bg-raised">
            {hits.map((hit) => (
              <li key={`${hit.kind} ${hit.href}`}>
                <Link
                  href={hit.href}
                  className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 py-2.5 text-sm hover:bg-tint"
                >
                  <span className="w-24 text-xs text-muted">{HIT_WORDS[hit.kind]}</span>
                  <span className="min-w-0 flex-[1_1_14rem] font-medium [overflow-wrap:anywhere]">
                    <ForeignText text={hit.title} />
                  </span>
                  <span className="min-w-0 flex-[1_1_16rem] text-xs [overflow-wrap:anywhere] text-muted">
                    <ForeignText text={hit.detail} />
                  </span>
                  {hit.at && (
                    <span className="text-xs text-muted">
                      <Moment iso={hit.at} to="seconds" />
                    </span>
                  )}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
