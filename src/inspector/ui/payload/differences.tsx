'use client'
import type { PayloadSource } from '../../model/payload/payload-source.ts'
import { PayloadChanges } from './payload-changes.tsx'
import { useAnswer } from './use-payload.ts'

/** In what a payload differs from the one before it. */
export function Differences({ before, source }: { before: string; source: PayloadSource }) {
  const { value, problem } = useAnswer(source, (each) => each.differencesFrom(before), [before])
  if (problem) return <p className="text-sm text-danger">They cannot be compared: {problem}</p>
  return value ? <PayloadChanges diff={value} /> : <p className="text-sm text-muted">Comparing them</p>
}
