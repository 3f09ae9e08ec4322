/**
 * What the live list can be asked for: `type:accounts.* state:dead,retrying attempt:>=3 -handler:audit.* timeout`.
 * All clauses hold of a message together; those about deliveries hold of one and the same delivery.
 */
import { DELIVERY_STATES, type DeliveryState } from '../../../bus/message.ts'

export type Comparison = '=' | '~' | '>' | '>=' | '<' | '<='

/** What a message can have. */
export const FEATURES = ['children', 'error', 'key', 'deliveries'] as const
export type Feature = (typeof FEATURES)[number]

interface Place {
  isNegated: boolean
  /** Where it stands in what was typed. */
  from: number
  to: number
}

export type Clause = Place &
  (
    | { field: 'type' | 'handler' | 'key'; patterns: string[] }
    | { field: 'kind'; kinds: ('command' | 'event')[] }
    | { field: 'state'; states: DeliveryState[] }
    | { field: 'id'; ids: string[] }
    | { field: 'has'; features: Feature[] }
    | { field: 'error'; words: string[] }
    | { field: 'text'; words: string[] }
    | { field: 'attempt'; comparison: Comparison; number: number }
    | { field: 'age'; comparison: Comparison; ms: number }
    | { field: 'at'; comparison: Comparison; time: string }
    | { field: 'payload'; path: string[]; comparison: Comparison; values: string[] }
  )

export type FilterField = Clause['field']

interface FieldWords {
  /** As it is typed, with its colon. */
  prefix: string
  says: string
  /** Whether it is answered from an index, however much is stored. Others look through messages one by one. */
  isFast: boolean
  values?: readonly string[]
}

/** The keys that are offered, in order. `text` has none: it is what stands without a key. */
export const FIELDS: Readonly<Record<Exclude<FilterField, 'text'>, FieldWords>> = {
  type: { prefix: 'type:', says: 'name of the message, * for any rest', isFast: true },
  state: { prefix: 'state:', says: 'state of a delivery', isFast: false, values: DELIVERY_STATES },
  handler: { prefix: 'handler:', says: 'subscription it was delivered to', isFast: true },
  kind: { prefix: 'kind:', says: 'command or event', isFast: false, values: ['command', 'event'] },
  key: { prefix: 'key:', says: 'business key', isFast: true },
  id: { prefix: 'id:', says: 'message, delivery or conversation', isFast: true },
  attempt: { prefix: 'attempt:', says: 'attempts of a delivery, as >=3', isFast: false },
  age: { prefix: 'age:', says: 'sent before or after, as >5m', isFast: true },
  at: { prefix: 'at:', says: 'time it was sent, as >=2026-01-31T12:00', isFast: true },
  has: { prefix: 'has:', says: 'children, error, key or deliveries', isFast: false, values: FEATURES },
  error: { prefix: 'error:', says: 'words of the newest error', isFast: false },
  payload: { prefix: 'payload.', says: 'a value of the body, as payload.total:>100', isFast: false },
}

/** Clauses about one delivery: together they hold of the same one. */
const OF_DELIVERIES: ReadonlySet<FilterField> = new Set(['state', 'handler', 'attempt', 'error'])

export function isAboutDeliveries({ field }: Clause): boolean {
  return OF_DELIVERIES.has(field)
}

/** Whether a name fits a pattern in which `*` stands for anything. */
export function fits(name: string, pattern: string): boolean {
  const parts = pattern.toLowerCase().split('*')
  const text = name.toLowerCase()
  if (parts.length === 1) return text === parts[0]
  const [first = '', ...rest] = parts
  const last = rest.pop() ?? ''
  if (!text.startsWith(first)) return false
  let from = first.length
  for (const part of rest) {
    const at = text.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return text.length - last.length >= from && text.endsWith(last)
}
