import { ForeignText } from '../../web/components/foreign-text.tsx'
import { type Change, inShort } from '../model/process-view.ts'

interface Props {
  changes: readonly Change[]
  /** What is said where there are none. */
  none?: string
}

/** Changed paths alone, each with what was there and what is. */
export function Changes({ changes, none = 'nothing but its version' }: Props) {
  if (changes.length === 0) return <p className="text-sm text-muted">{none}</p>
  return (
    <ul className="grid gap-1">
      {changes.map(inShort).map(({ path, before, after }) => (
        <li key={path} className="font-mono text-xs leading-5 break-words">
          <span className="text-muted">
            <ForeignText text={path} />:{' '}
          </span>
          {before !== undefined && (
            <span className="text-muted line-through">
              <ForeignText text={wordOf(before)} />
            </span>
          )}
          {before !== undefined && <span className="text-muted"> → </span>}
          <span className="font-medium">{after === undefined ? 'gone' : <ForeignText text={wordOf(after)} />}</span>
        </li>
      ))}
    </ul>
  )
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
