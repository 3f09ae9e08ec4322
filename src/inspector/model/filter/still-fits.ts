import type { MessageRow } from '../view.ts'
import { parseFilter } from './parse.ts'
import { matches, needsBody, needsChildren } from './predicate.ts'

/** Tells of a message that once fitted whether it does now, as far as its row says: bodies do not change. */
export function stillFits(filter: string): (message: MessageRow) => boolean {
  const parsed = parseFilter(filter)
  if (!parsed.ok) return () => true
  const clauses = parsed.clauses.filter((each) => !needsBody([each]) && !needsChildren([each]))
  return clauses.length === 0 ? () => true : (message) => matches(clauses, { message }, Date.now())
}
