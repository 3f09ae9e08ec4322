import { comparable } from './narrowing.ts'
import { MASK, maskOf } from './payload/mask.ts'
import { copyOf } from './payload/payload-copies.ts'

/** A value of a payload as a column shows it. */
export interface CellValue {
  text: string
  /** What a filter would compare it with; null where none can find it. */
  filter: string | null
}

/** By message: its values at the paths that were asked for, in their order; null where it has none. */
export type ColumnValues = Record<string, (CellValue | null)[]>

/** A cell shows so much of a value. */
const LONGEST = 120

/** What a payload has at a path, as a cell shows it: texts without quotes, what is masked masked. */
export function cellOf(body: unknown, path: string): CellValue | null {
  let value = body
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || maskOf(value) || !Object.hasOwn(value, step)) return null
    value = (value as Record<string, unknown>)[step]
  }
  if (maskOf(value)) return { text: MASK, filter: null }
  const text = typeof value === 'string' ? value : copyOf(value).replaceAll(/\s+/g, ' ')
  return { text: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text, filter: comparable(value) }
}
