'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { ColumnValues } from '../../model/column-values.ts'

/** However fast messages come, no more often than this is asked for the values of those in view. */
const ASK_MS = 300
/** Of messages that were looked at, so many are remembered. */
const REMEMBERED = 2_000

/** A server that could not answer is not asked at every blink. */
const AGAIN_MS = 3_000

const NOTHING: ColumnValues = {}

/** Values of the payloads of the messages in view, at some paths; those that are not known yet are read. */
export function useColumnValues(ids: readonly string[], paths: readonly string[]): ColumnValues {
  const trpc = useTRPC()
  const client = useQueryClient()
  const key = paths.join()
  const [known, setKnown] = useState<{ key: string; values: ColumnValues }>({ key, values: NOTHING })
  // Asked once more after it failed.
  const [failures, setFailures] = useState(0)
  const values = known.key === key ? known.values : NOTHING
  const newest = useRef(ids)
  useEffect(() => {
    newest.current = ids
  })
  const isMissing = paths.length > 0 && ids.some((each) => !(each in values))
  useEffect(() => {
    if (!isMissing) return
    const ask = async () => {
      const missing = newest.current.filter((each) => !(each in values))
      if (missing.length === 0) return
      const read = await client.fetchQuery({
        ...trpc.inspector.columnValues.queryOptions({ ids: missing, paths: key.split(',') }),
        gcTime: 0,
      })
      // What has none any more is known to have none.
      const found = Object.fromEntries(missing.map((each) => [each, read[each] ?? []]))
      setFailures(0)
      setKnown((before) => ({ key, values: trimmed({ ...(before.key === key ? before.values : NOTHING), ...found }) }))
    }
    const timer = setTimeout(
      () => void ask().catch(() => setFailures((count) => count + 1)),
      failures > 0 ? AGAIN_MS : ASK_MS,
    )
    return () => clearTimeout(timer)
  }, [isMissing, values, failures, key, client, trpc])
  return values
}

function trimmed(values: ColumnValues): ColumnValues {
  const entries = Object.entries(values)
  return entries.length > REMEMBERED ? Object.fromEntries(entries.slice(-REMEMBERED / 2)) : values
}
