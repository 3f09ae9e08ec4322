/** Whether a message fits a filter: what the database answers for what is stored, asked of one message at a time. */
import type { DeliveryView, MessageRow } from '../view.ts'
import { type Clause, type Comparison, type Feature, fits, isAboutDeliveries } from './language.ts'

/** A message, and what else a filter may ask about it. */
export interface Candidate {
  message: MessageRow
  /** Its body, masked; where no clause is about it, it need not be read. */
  body?: unknown
  hasChildren?: boolean
}

export function matches(clauses: readonly Clause[], candidate: Candidate, now: number): boolean {
  const { deliveries } = candidate.message
  const ofDeliveries = clauses.filter(isAboutDeliveries)
  const wanted = ofDeliveries.filter((each) => !each.isNegated)
  return (
    clauses.every((each) => isAboutDeliveries(each) || holds(each, candidate, now) !== each.isNegated) &&
    (wanted.length === 0 || deliveries.some((one) => wanted.every((each) => holdsOf(each, one)))) &&
    ofDeliveries.every((each) => !each.isNegated || !deliveries.some((one) => holdsOf(each, one)))
  )
}

/** Whether the body has to be read to tell. */
export function needsBody(clauses: readonly Clause[]): boolean {
  return clauses.some((each) => each.field === 'payload')
}

export function needsChildren(clauses: readonly Clause[]): boolean {
  return clauses.some((each) => each.field === 'has' && each.features.includes('children'))
}

function holds(clause: Clause, { message, body, hasChildren }: Candidate, now: number): boolean {
  switch (clause.field) {
    case 'type':
      return clause.patterns.some((each) => fits(message.name, each))
    case 'key':
      return clause.patterns.some((each) => message.key !== null && fitsKey(message.key, each))
    case 'kind':
      return clause.kinds.includes(message.kind)
    case 'id':
      return clause.ids.some((each) => idsOf(message).includes(each))
    case 'has':
      return clause.features.every((each) => has(message, each, hasChildren ?? false))
    case 'text':
      return clause.words.every((each) => contains(message, each.toLowerCase()))
    case 'age':
      return compare(now - Date.parse(message.occurredAt), clause.comparison, clause.ms)
    case 'at':
      return compare(Date.parse(message.occurredAt), clause.comparison, Date.parse(clause.time))
    case 'payload':
      return clause.values.some((each) => compareValue(valueAt(body, clause.path), clause.comparison, each))
    default:
      return false
  }
}

/** A whole key is meant as it is written; of a part of one nobody knows the case. */
function fitsKey(key: string, pattern: string): boolean {
  return pattern.includes('*') ? fits(key, pattern) : key === pattern
}

function holdsOf(clause: Clause, delivery: DeliveryView): boolean {
  switch (clause.field) {
    case 'state':
      return clause.states.includes(delivery.state)
    case 'handler':
      return clause.patterns.some((each) => fits(delivery.subscription, each))
    case 'attempt':
      return compare(delivery.attempt, clause.comparison, clause.number)
    case 'error':
      return clause.words.some((each) => delivery.lastError?.toLowerCase().includes(each.toLowerCase()) ?? false)
    default:
      return false
  }
}

function idsOf({ messageId, conversationId, deliveries }: MessageRow): string[] {
  return [messageId, conversationId, ...deliveries.map((each) => each.deliveryId)]
}

function has({ key, deliveries }: MessageRow, feature: Feature, hasChildren: boolean): boolean {
  switch (feature) {
    case 'children':
      return hasChildren
    case 'error':
      return deliveries.some((each) => each.lastError !== null)
    case 'key':
      return key !== null
    case 'deliveries':
      return deliveries.length > 0
  }
}

/** Free text: part of the type, of a handler, of an id, of the business key, of an error, or of a word of state. */
function contains(message: MessageRow, word: string): boolean {
  const { name, kind, key, deliveries } = message
  const ofDeliveries = deliveries.flatMap((each) => [each.subscription, each.state, each.lastError])
  const texts = [name, kind, key, ...idsOf(message), ...ofDeliveries]
  return texts.some((each) => each?.toLowerCase().includes(word))
}

function compare(value: number, comparison: Comparison, to: number): boolean {
  switch (comparison) {
    case '>':
      return value > to
    case '>=':
      return value >= to
    case '<':
      return value < to
    case '<=':
      return value <= to
    default:
      return value === to
  }
}

function valueAt(body: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string, unknown>)[step]
        : undefined,
    body,
  )
}

/** What is masked is an object, and equals nothing: a filter is no way to guess it. */
function compareValue(value: unknown, comparison: Comparison, to: string): boolean {
  if (typeof value === 'number' && isOrder(comparison))
    return to.trim() !== '' && compare(value, comparison, Number(to))
  const text = typeof value === 'string' ? value : isPlain(value) ? JSON.stringify(value) : null
  if (text === null) return false
  if (comparison === '~') return text.toLowerCase().includes(to.toLowerCase())
  if (comparison === '=') return fits(text, to)
  return typeof value === 'string' && compare(text.localeCompare(to), comparison, 0)
}

function isPlain(value: unknown): value is number | boolean | null {
  return value === null || typeof value === 'number' || typeof value === 'boolean'
}

function isOrder(comparison: Comparison): boolean {
  return comparison !== '=' && comparison !== '~'
}
