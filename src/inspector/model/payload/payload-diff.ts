import { ExactNumber, isRecord } from './exact-json.ts'
import { MASK, maskOf } from './mask.ts'
import { textOf } from './payload-rows.ts'

export interface PayloadChange {
  path: string
  kind: 'added' | 'removed' | 'changed'
  /** As JSON, cut; null where there is none. */
  before: string | null
  after: string | null
}

export interface PayloadDiff {
  changes: PayloadChange[]
  /** Paths of which both sides are masked: whether they differ is not told. */
  masked: string[]
}

/** In what two payloads differ, path by path. What is masked stays masked, and is never called the same. */
export function diffPayloads(before: unknown, after: unknown): PayloadDiff {
  const diff: PayloadDiff = { changes: [], masked: [] }
  compare('', before, after, diff)
  return diff
}

const ABSENT = Symbol('absent')

function compare(path: string, before: unknown, after: unknown, diff: PayloadDiff): void {
  if (maskOf(before) && maskOf(after)) {
    diff.masked.push(path)
    return
  }
  if (before === ABSENT || after === ABSENT || maskOf(before) || maskOf(after)) {
    note(path, before, after, diff)
    return
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length)
    for (let index = 0; index < length; index += 1) {
      const at = (list: unknown[]) => (index < list.length ? list[index] : ABSENT)
      compare(`${path}[${index}]`, at(before), at(after), diff)
    }
    return
  }
  if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const at = (record: Record<string, unknown>) => (Object.hasOwn(record, key) ? record[key] : ABSENT)
      compare(path === '' ? key : `${path}.${key}`, at(before), at(after), diff)
    }
    return
  }
  if (shown(before) !== shown(after)) note(path, before, after, diff)
}

function note(path: string, before: unknown, after: unknown, { changes }: PayloadDiff): void {
  changes.push({
    path: path || '(all of it)',
    kind: before === ABSENT ? 'added' : after === ABSENT ? 'removed' : 'changed',
    before: before === ABSENT ? null : cut(shown(before)),
    after: after === ABSENT ? null : cut(shown(after)),
  })
}

function shown(value: unknown): string {
  if (maskOf(value)) return MASK
  if (value instanceof ExactNumber || typeof value !== 'object' || value === null) return textOf(value)
  return JSON.stringify(value, (_, each: unknown) =>
    maskOf(each) ? MASK : each instanceof ExactNumber ? each.source : each,
  )
}

function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
