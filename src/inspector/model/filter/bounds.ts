import type { Clause } from './language.ts'

/** The times between which a message that fits was sent; null where there is no bound. Both may be wider than asked. */
export function boundsOf(clauses: readonly Clause[], now: number): { from: number | null; to: number | null } {
  let from = Number.NEGATIVE_INFINITY
  let to = Number.POSITIVE_INFINITY
  for (const clause of clauses) {
    const time = timeOf(clause, now)
    if (time === null || clause.isNegated) continue
    if (isAfter(clause)) from = Math.max(from, time)
    else to = Math.min(to, time)
  }
  return { from: Number.isFinite(from) ? from : null, to: Number.isFinite(to) ? to : null }
}

function timeOf(clause: Clause, now: number): number | null {
  if (clause.field === 'at' && clause.comparison !== '=') return Date.parse(clause.time)
  if (clause.field === 'age' && clause.comparison !== '=') return now - clause.ms
  return null
}

/** Whether it wants what was sent after the time. An age is the other way round: older than is before. */
function isAfter(clause: Clause): boolean {
  if (clause.field === 'at') return clause.comparison.startsWith('>')
  return clause.field === 'age' && clause.comparison.startsWith('<')
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** The ids one of which a message must have, where a clause says so: then nothing else has to be looked at. */
export function idsWanted(clauses: readonly Clause[]): string[] | null {
  for (const clause of clauses) {
    if (clause.isNegated) continue
    const ids = clause.field === 'id' ? clause.ids : clause.field === 'text' ? clause.words : []
    if (ids.length > 0 && ids.every((each) => UUID.test(each))) return ids.map((each) => each.toLowerCase())
  }
  return null
}
