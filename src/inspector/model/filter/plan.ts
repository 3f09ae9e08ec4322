import type { DeliveryState } from '../../../bus/message.ts'
import { idsWanted } from './bounds.ts'
import type { Clause } from './language.ts'

/** By what the messages that a filter may fit are found: the clause that leaves the fewest, where an index answers it. */
export type Plan =
  | { by: 'ids'; ids: string[] }
  /** Business keys, as they were written. */
  | { by: 'keys'; keys: string[] }
  /** Deliveries in states that few are in at a time. */
  | { by: 'states'; states: RareState[] }
  /** Deliveries that failed so often. */
  | { by: 'failures'; atLeast: number }
  /** Names of messages; `*` stands for anything. */
  | { by: 'names'; patterns: string[] }
  /** All, the newest first. */
  | { by: 'time' }

/** What waits, runs or is dead is in an index of its own; what is over is not. */
export const RARE_STATES = ['pending', 'running', 'retrying', 'dead'] as const
export type RareState = (typeof RARE_STATES)[number]

export function isRare(state: string): state is RareState {
  return RARE_STATES.some((each) => each === state)
}

/** Plans in the order in which they are to be tried; the last one always works. */
export function plansOf(clauses: readonly Clause[], typeOf: (handler: string) => string | undefined): Plan[] {
  const wanted = clauses.filter((each) => !each.isNegated)
  const ids = idsWanted(clauses)
  if (ids) return [{ by: 'ids', ids }]
  return [
    ...wanted.flatMap(byKey),
    ...wanted.flatMap(byState),
    ...wanted.flatMap(byFailures),
    ...wanted.flatMap(byType),
    ...wanted.flatMap((each) => byHandler(each, typeOf)),
    { by: 'time' },
  ]
}

function byKey(clause: Clause): Plan[] {
  const isExact = clause.field === 'key' && !clause.patterns.some((each) => each.includes('*'))
  return isExact ? [{ by: 'keys', keys: clause.patterns }] : []
}

function byState(clause: Clause): Plan[] {
  if (clause.field !== 'state') return []
  const rare = clause.states.filter((each: DeliveryState) => isRare(each))
  return rare.length === clause.states.length ? [{ by: 'states', states: rare }] : []
}

/** A third attempt was begun because two had failed. */
function byFailures(clause: Clause): Plan[] {
  if (clause.field !== 'attempt' || clause.comparison.startsWith('<')) return []
  const atLeast = clause.number - (clause.comparison === '>' ? 0 : 1)
  return atLeast >= 1 ? [{ by: 'failures', atLeast }] : []
}

function byType(clause: Clause): Plan[] {
  return clause.field === 'type' ? [{ by: 'names', patterns: clause.patterns }] : []
}

/** A handler is delivered one type of message. Of one that this build does not have, nobody knows which. */
function byHandler(clause: Clause, typeOf: (handler: string) => string | undefined): Plan[] {
  if (clause.field !== 'handler') return []
  const names = clause.patterns.map((each) => typeOf(each.toLowerCase()))
  return names.every((each) => each !== undefined) ? [{ by: 'names', patterns: [...new Set(names)] }] : []
}
