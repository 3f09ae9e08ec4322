'use client'
import { useMemo } from 'react'
import { parseExact } from '../../model/payload/exact-json.ts'
import { PayloadTree } from '../payload/payload-tree.tsx'

/** A body from a file: it may be no JSON at all. */
export function RecordedPayload({ json }: { json: string }) {
  const body = useMemo(() => parsed(json), [json])
  if (!body) return <pre className="overflow-auto font-mono text-xs leading-5">{json.slice(0, 2_000)}</pre>
  return (
    <div className="rounded-md border border-line">
      <PayloadTree root={body.value} />
    </div>
  )
}

function parsed(json: string): { value: unknown } | null {
  try {
    return { value: parseExact(json) }
  } catch {
    return null
  }
}
