'use client'
import { useEffect, useLayoutEffect, useMemo, useState } from 'react'
import {
  type Answer,
  MOST_PARSED_BY_PAGE,
  ParsedPayload,
  type PayloadSource,
} from '../../model/payload/payload-source.ts'
import { PayloadInWorker } from './payload-in-worker.ts'

/**
 * A payload to look into: parsed at once where it is small, by a worker where it, or what it is compared with, is large;
 * null while there is none.
 */
export function usePayload(json: string | null, other: string | null = null): PayloadSource | null {
  const isLarge = Math.max(json?.length ?? 0, other?.length ?? 0) > MOST_PARSED_BY_PAGE
  const source = useMemo(() => (json === null ? null : open(json, isLarge)), [json, isLarge])
  // Before the effects of who asks, which stand below this.
  useLayoutEffect(() => {
    if (!(source instanceof PayloadInWorker)) return
    source.open()
    return () => source.close()
  }, [source])
  return source
}

function open(json: string, isLarge: boolean): PayloadSource | null {
  if (isLarge) return new PayloadInWorker(json)
  try {
    return ParsedPayload.from(json)
  } catch {
    // From a file, which may hold anything.
    return null
  }
}

export interface Answered<Value> {
  /** While the newest question is open, what was answered before; null at first. */
  value: Value | null
  problem: string | null
}

/**
 * What a payload answers: one that lies here while the page is drawn, one in a worker some time after that. The question
 * is the same as long as `deps` are.
 */
export function useAnswer<Value>(
  source: PayloadSource,
  ask: (source: PayloadSource) => Answer<Value>,
  deps: readonly unknown[] = [],
): Answered<Value> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever asks knows on what it depends
  const near = useMemo(() => (source instanceof ParsedPayload ? (ask(source) as Value) : null), [source, ...deps])
  const [late, setLate] = useState<Answered<Value>>({ value: null, problem: null })
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    if (source instanceof ParsedPayload) return
    let isNewest = true
    Promise.resolve(ask(source)).then(
      (value) => isNewest && setLate({ value, problem: null }),
      (error: Error) => isNewest && setLate({ value: null, problem: error.message }),
    )
    return () => {
      isNewest = false
    }
  }, [source, ...deps])
  return source instanceof ParsedPayload ? { value: near, problem: null } : late
}
