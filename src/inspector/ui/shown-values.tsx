import type { ShownValue } from '../model/process-view.ts'

/** What a process shows of an instance: by these values one knows what it is about. */
export function ShownValues({ shown }: { shown: readonly ShownValue[] }) {
  if (shown.length === 0) return null
  return (
    <dl aria-label="What it is about" className="flex basis-full flex-wrap gap-x-5 gap-y-1 text-sm">
      {shown.map(({ label, text, masked }) => (
        <div key={label} className="flex min-w-0 gap-1.5">
          <dt className="shrink-0 text-muted">{label}</dt>
          <dd title={masked ?? undefined} className="min-w-0 [overflow-wrap:anywhere]">
            <span aria-hidden={masked !== null}>{text}</span>
            {masked && <span className="sr-only">{masked}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
