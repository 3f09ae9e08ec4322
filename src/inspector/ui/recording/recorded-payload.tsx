'use client'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { PayloadTree } from '../payload/payload-tree.tsx'
import { usePayload } from '../payload/use-payload.ts'

/** A body from a file: it may be no JSON at all. */
export function RecordedPayload({ json }: { json: string }) {
  const source = usePayload(json)
  if (!source)
    return (
      <pre className="overflow-auto font-mono text-xs leading-5">
        <ForeignText text={json.slice(0, 2_000)} />
      </pre>
    )
  return (
    <div className="rounded-md border border-line">
      <PayloadTree source={source} />
    </div>
  )
}
