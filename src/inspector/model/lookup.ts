/** Anything that somebody may hold in their hand, and what it could be. */

export const HIT_KINDS = [
  'message',
  'delivery',
  'conversation',
  'person',
  'process',
  'key',
  'operation',
  'failures',
  'handler',
  'type',
  'error',
] as const

export type HitKind = (typeof HIT_KINDS)[number]

export interface Hit {
  kind: HitKind
  title: string
  /** What tells it from others of its kind. */
  detail: string
  href: string
  /** When it happened, or happened last; null where that says nothing. */
  at: string | null
}

/** How a text is looked up. */
export type Lookup =
  | { by: 'id'; id: string }
  /** The beginning of an id: all ids between these two. It may be a key or a fingerprint as well. */
  | { by: 'part-of-id'; from: string; to: string; text: string }
  | { by: 'email'; email: string }
  | { by: 'text'; text: string }

const HEX = 32
/** Fewer would be most of the ids of a day. */
const LEAST_HEX = 8
/** Less finds everything. */
const LEAST_TEXT = 2

/** Reads what was typed or pasted, with quotes, braces or the like around it. Null where it is too little to look for. */
export function lookupOf(typed: string): Lookup | null {
  const text = typed
    .trim()
    .replace(/^["'`{(<[]+|["'`})>\],;]+$/g, '')
    .trim()
  const hex = text.replaceAll('-', '').toLowerCase()
  if (/^[0-9a-f]+$/.test(hex) && /^[0-9a-f-]+$/i.test(text)) {
    if (hex.length === HEX) return { by: 'id', id: asId(hex) }
    if (hex.length >= LEAST_HEX && hex.length < HEX && !isNumber(text)) {
      return { by: 'part-of-id', from: asId(hex.padEnd(HEX, '0')), to: asId(hex.padEnd(HEX, 'f')), text }
    }
  }
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return { by: 'email', email: text }
  return text.length < LEAST_TEXT ? null : { by: 'text', text }
}

/** Where the text leads: it is looked up there. */
export function goTo(text: string): string {
  return `/inspector/go/${encodeURIComponent(text.trim())}`
}

function asId(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A number of an order, not an id of ours: those begin with a letter or hold one, nearly always. */
function isNumber(text: string): boolean {
  return /^\d+$/.test(text)
}
