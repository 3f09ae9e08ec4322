/** A payload as rows that are unfolded one by one: however large it is, only what is unfolded costs anything. */
import { ExactNumber, isRecord } from './exact-json.ts'
import { maskOf } from './mask.ts'

export interface PayloadRow {
  path: string
  /** What it is called in what is around it. */
  label: string
  level: number
  shown: Shown
  /** A part of a long list, which is no value of its own. */
  isRange: boolean
  hasChildren: boolean
  isOpen: boolean
}

/** What stands beside a name. However large the value is, this is small: it may come from another thread. */
export type Shown =
  | { is: 'masked'; why: string }
  /** A list or an object that has parts. */
  | { is: 'whole'; size: string }
  /** A text, a number or another value without parts; of a long one the beginning. */
  | { is: 'value'; text: string; length: number }

/** A longer value is cut until one wants to see it. */
export const LONGEST_TEXT = 200

/** Longer lists are shown in ranges of so many. */
const LONGEST = 20
const RANGE = 100
/** So deep it is unfolded at first. */
const DEPTH = 2

/** What the reader has unfolded or folded; what was not touched is as it is at first. */
export type Folding = ReadonlyMap<string, boolean>

/** How the fields of an object stand: as they were sent, or by name. */
export type KeyOrder = 'original' | 'sorted'

interface Child {
  path: string
  label: string
  value: unknown
  /** Of a range: its children. */
  range?: readonly Child[]
}

export function payloadRows(root: unknown, folding: Folding, order: KeyOrder = 'original'): PayloadRow[] {
  const rows: PayloadRow[] = []
  const add = (child: Child, level: number) => {
    const children = child.range ?? childrenOf(child, order)
    const isOpen = children.length > 0 && (folding.get(child.path) ?? (level <= DEPTH && !child.range))
    const { path, label, value } = child
    rows.push({
      path,
      label,
      level,
      shown: shownOf(value, children.length),
      isRange: child.range !== undefined,
      hasChildren: children.length > 0,
      isOpen,
    })
    if (isOpen) for (const each of children) add(each, level + 1)
  }
  for (const each of childrenOf({ path: '', label: '', value: root }, order)) add(each, 1)
  return rows
}

function shownOf(value: unknown, parts: number): Shown {
  const why = maskOf(value)
  if (why) return { is: 'masked', why }
  if (parts > 0) return { is: 'whole', size: sizeOf(value) }
  const text = Array.isArray(value) ? '[ ]' : isRecord(value) ? '{ }' : textOf(value)
  return { is: 'value', text: text.slice(0, LONGEST_TEXT), length: text.length }
}

function sizeOf(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} items`
  return isRecord(value) ? `${Object.keys(value).length} fields` : ''
}

/** The value at a path, as the rows name it; undefined where there is none. */
export function valueAt(root: unknown, path: string): unknown {
  let at: Child = { path: '', label: '', value: root }
  while (at.path !== path) {
    const next = partsOf(at).find((each) => path === each.path || isWithin(path, each.path))
    if (!next) return undefined
    at = next
  }
  return at.value
}

function isWithin(path: string, outer: string): boolean {
  return path.startsWith(outer) && /[.[]/.test(path[outer.length] ?? '')
}

function partsOf({ path, value }: Child): Child[] {
  if (maskOf(value) || value instanceof ExactNumber) return []
  if (Array.isArray(value))
    return value.map((item: unknown, index) => ({ path: `${path}[${index}]`, label: String(index), value: item }))
  return isRecord(value)
    ? Object.entries(value).map(([key, item]) => ({ path: memberPath(path, key), label: key, value: item }))
    : []
}

function childrenOf(child: Child, order: KeyOrder): readonly Child[] {
  const { path, value } = child
  const parts = partsOf(child)
  const children = order === 'sorted' && !Array.isArray(value) ? parts.toSorted(byLabel) : parts
  if (children.length <= (Array.isArray(value) ? LONGEST : RANGE)) return children
  return Array.from({ length: Math.ceil(children.length / RANGE) }, (_, part) => {
    const range = children.slice(part * RANGE, (part + 1) * RANGE)
    const label = `${part * RANGE} … ${part * RANGE + range.length - 1}`
    return { path: `${path}#${part}`, label, value: null, range }
  })
}

function byLabel(a: Child, b: Child): number {
  return a.label < b.label ? -1 : 1
}

function memberPath(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}

export interface Found {
  path: string
  /** What has to be open for it to be seen. */
  above: readonly string[]
}

/** So many places are told at most. */
export const MOST_FOUND = 1_000

/** Every name and every value that has the text in it, from top to bottom. What is masked has no text. */
export function findInPayload(root: unknown, text: string, order: KeyOrder = 'original'): Found[] {
  const wanted = text.toLowerCase()
  const found: Found[] = []
  if (wanted === '') return found
  const look = (child: Child, above: readonly string[]) => {
    if (found.length >= MOST_FOUND) return
    const children = child.range ?? childrenOf(child, order)
    const isLeaf = children.length === 0 && !maskOf(child.value)
    const isHit =
      child.range === undefined && (hasText(child.label, wanted) || (isLeaf && hasText(textOf(child.value), wanted)))
    if (isHit) found.push({ path: child.path, above })
    for (const each of children) look(each, [...above, child.path])
  }
  for (const each of childrenOf({ path: '', label: '', value: root }, order)) look(each, [])
  return found
}

function hasText(text: string, wanted: string): boolean {
  return text.toLowerCase().includes(wanted)
}

/** A value without parts, as it is written in JSON. */
export function textOf(value: unknown): string {
  return value instanceof ExactNumber ? value.source : (JSON.stringify(value) ?? 'undefined')
}
