import { ForeignText } from '../../../web/components/foreign-text.tsx'
import type { PayloadDiff } from '../../model/payload/payload-diff.ts'

const SIGNS = { added: '+', removed: '−', changed: '→' } as const

/** The paths that differ, each with what was there and what is. */
export function PayloadChanges({ diff: { changes, masked } }: { diff: PayloadDiff }) {
  return (
    <>
      {changes.length === 0 ? (
        <p className="text-sm text-muted">Nothing that is shown differs.</p>
      ) : (
        <ul aria-label="Differences" className="grid gap-2 font-mono text-xs leading-5">
          {changes.map(({ path, kind, before, after }) => (
            <li key={path} className="[overflow-wrap:anywhere]">
              <span className="font-semibold">
                {SIGNS[kind]} <ForeignText text={path} />
              </span>{' '}
              <span className="font-sans text-muted">{kind}</span>
              <div className="pl-4">
                {before !== null && (
                  <del className="text-danger no-underline">
                    − <ForeignText text={before} />
                  </del>
                )}
                {before !== null && after !== null && <br />}
                {after !== null && (
                  <ins className="text-state-succeeded no-underline">
                    + <ForeignText text={after} />
                  </ins>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      {masked.length > 0 && (
        <p className="mt-3 text-xs [overflow-wrap:anywhere] text-muted">
          Masked in both, so that it is not told whether they differ: {masked.join(', ')}.
        </p>
      )}
    </>
  )
}
