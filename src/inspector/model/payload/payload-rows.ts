/** A payload as rows that are unfolded one by one: however large it is, only what is unfolded costs anything. */
import { ExactNumber, isRecord } from './exact-json.ts'
import { maskOf } from './mask.ts'

export interface PayloadRow {
  path: string
  /** What it is called in what is around it. */
  label: string
  level: number
  value: unknown
  /** A part of a long list, which is no value of its own. */
  isRange: boolean
  hasChildren: boolean
  isOpen: boolean
}

/** Longer lists are shown in ranges of so many. */
const LONGEST = 20
const RANGE = 100
/** So deep it is unfolded at first. */
const DEPTH = 2

/** What the reader has unfolded or folded; what was not touched is as it is at first. */
export type Folding = ReadonlyMap<string, boolean>

interface Child {
  path: string
  label: string
  value: unknown
  /** Of a range: its children. */
  range?: readonly Child[]
}

export function payloadRows(root: unknown, folding: Folding): PayloadRow[] {
  const rows: PayloadRow[] = []
  const add = (child: Child, level: number) => {
    const children = child.range ?? childrenOf(child)
    const isOpen = children.length > 0 && (folding.get(child.path) ?? (level <= DEPTH && !child.range))
    const { path, label, value } = child
    rows.push({
      path,
      label,
      level,
      value,
      isRange: child.range !== undefined,
      hasChildren: children.length > 0,
      isOpen,
    })
    if (isOpen) for (const each of children) add(each, level + 1)
  }
  for (const each of childrenOf({ path: '', label: '', value: root })) add(each, 1)
  return rows
}

function childrenOf({ path, value }: Child): readonly Child[] {
  if (maskOf(value) || value instanceof ExactNumber) return []
  const children: Child[] = Array.isArray(value)
    ? value.map((item: unknown, index) => ({ path: `${path}[${index}]`, label: String(index), value: item }))
    : isRecord(value)
      ? Object.entries(value).map(([key, item]) => ({ path: memberPath(path, key), label: key, value: item }))
      : []
  if (children.length <= (Array.isArray(value) ? LONGEST : RANGE)) return children
  return Array.from({ length: Math.ceil(children.length / RANGE) }, (_, part) => {
    const range = children.slice(part * RANGE, (part + 1) * RANGE)
    const label = `${part * RANGE} … ${part * RANGE + range.length - 1}`
    return { path: `${path}#${part}`, label, value: null, range }
  })
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

/** Every name and every value that has the text in it, from top to bottom. What is masked has no text. */
export function findInPayload(root: unknown, text: string): Found[] {
  const wanted = text.toLowerCase()
  const found: Found[] = []
  if (wanted === '') return found
  const look = (child: Child, above: readonly string[]) => {
    const children = child.range ?? childrenOf(child)
    const isLeaf = children.length === 0 && !maskOf(child.value)
    const isHit =
      child.range === undefined && (hasText(child.label, wanted) || (isLeaf && hasText(textOf(child.value), wanted)))
    if (isHit) found.push({ path: child.path, above })
    for (const each of children) look(each, [...above, child.path])
  }
  for (const each of childrenOf({ path: '', label: '', value: root })) look(each, [])
  return found
}

function hasText(text: string, wanted: string): boolean {
  return text.toLowerCase().includes(wanted)
}

/** A value without parts, as it is written in JSON. */
export function textOf(value: unknown): string {
  return value instanceof ExactNumber ? value.source : (JSON.stringify(value) ?? 'undefined')
}
