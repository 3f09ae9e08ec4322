import { FilterError, wordsOf } from './filter/words.ts'
import type { PayloadColumn } from './live-columns.ts'

/** What a value that one points at adds to a filter of the live list. */

/** A clause that holds of what has the value; or of what has not. */
export function clauseOf(field: string, value: string, isExcluded = false): string {
  const plain = /^[^\s",]+$/.test(value) && !/^[<>=~]/.test(value)
  const written = plain ? value : `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  return `${isExcluded ? '-' : ''}${field}:${written}`
}

/** A filter with one more clause; what says the opposite of it goes. */
export function narrowed(filter: string, clause: string): string {
  const opposite = clause.startsWith('-') ? clause.slice(1) : `-${clause}`
  const kept = clausesOf(filter).filter((each) => each !== opposite && each !== clause)
  return [...kept, clause].join(' ')
}

/** As they are written; a filter that cannot be read is one piece. */
function clausesOf(filter: string): string[] {
  try {
    return wordsOf(filter).map(({ from, to }) => filter.slice(from, to))
  } catch (error) {
    if (error instanceof FilterError) return [filter.trim()]
    throw error
  }
}

/** Where a value of a payload lies, as a filter and a column name it; null where neither can. */
export function fieldOfPath(path: string): PayloadColumn | null {
  const steps = path.replace(/\[(\d+)\]/g, '.$1')
  return /^[\w$-]+(\.[\w$-]+)*$/.test(steps) ? `payload.${steps}` : null
}

/** A value as a filter compares it: a text without quotes, all else as JSON; null where it is no single value. */
export function comparable(value: unknown): string | null {
  if (typeof value === 'string') return value !== '' && value.length <= 200 ? value : null
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value)
  return null
}
