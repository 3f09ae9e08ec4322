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
  const value = valueAt(body, path)
  if (value === undefined) return null
  return { text: cellText(value), filter: maskOf(value) ? null : comparable(value) }
}

/** What there is at a path; undefined where there is nothing, or where what is around it is masked. */
export function valueAt(body: unknown, path: string): unknown {
  let value = body
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || maskOf(value) || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<string, unknown>)[step]
  }
  return value
}

export function cellText(value: unknown): string {
  if (maskOf(value)) return MASK
  const text = typeof value === 'string' ? value : copyOf(value).replaceAll(/\s+/g, ' ')
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
