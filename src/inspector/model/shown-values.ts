import type { ShownField } from '../../bus/index.ts'
import { cellText, valueAt } from './column-values.ts'
import { maskOf } from './payload/mask.ts'
import type { ShownValue } from './process-view.ts'

/** Where the values are, with what is classified masked. */
export interface ShownSources {
  /** What started the instance; null where that is not kept any more. */
  start: { name: string; body: unknown } | null
  context: unknown
}

/** What an instance shows of itself. Where one of several messages started it, the others have nothing to say. */
export function shownValues(fields: readonly ShownField[], { start, context }: ShownSources): ShownValue[] {
  return fields.flatMap((field): ShownValue[] => {
    const { label, message } = field
    if (message === null) return [shown(field, context)]
    if (start === null) return [{ label, text: 'not kept', masked: null, isOfStart: true }]
    return start.name === message.name ? [shown(field, start.body)] : []
  })
}

function shown({ label, message, path, ifNone }: ShownField, body: unknown): ShownValue {
  const value = maskOf(body) ? body : valueAt(body, path)
  return { label, text: wordOf(value, ifNone), masked: maskOf(value), isOfStart: message !== null }
}

function wordOf(value: unknown, ifNone: string): string {
  if (value === undefined || value === null || value === '') return ifNone
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return cellText(value)
}
