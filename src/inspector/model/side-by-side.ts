import { isRecord } from './payload/exact-json.ts'
import { maskOf } from './payload/mask.ts'
import { cut, type Snapshot } from './process-view.ts'

/** Where an instance was before a step and after it: one line of both, so that they stand beside each other. */
export interface SideLine {
  path: string
  /** What it is called in what is around it. */
  label: string
  level: number
  before: Side
  after: Side
  isChanged: boolean
}

export type Side =
  | { is: 'absent' }
  /** It has parts, which follow. */
  | { is: 'parts' }
  | { is: 'value'; text: string }
  | { is: 'masked'; why: string }

/** More would hang the page, and nobody reads so many. */
export const MOST_LINES = 1_000

/** A whole state before and after a step. Of a very large one the first lines. */
export function sideBySide(before: Snapshot | null, after: Snapshot): SideLine[] {
  const lines: SideLine[] = []
  add(lines, { path: 'state', label: 'state', level: 1 }, before?.state, after.state)
  add(lines, { path: 'context', label: 'context', level: 1 }, before?.context, after.context)
  return lines
}

function add(
  lines: SideLine[],
  place: Pick<SideLine, 'path' | 'label' | 'level'>,
  before: unknown,
  after: unknown,
): void {
  if (lines.length >= MOST_LINES) return
  const isChanged = JSON.stringify(before) !== JSON.stringify(after)
  lines.push({ ...place, before: sideOf(before), after: sideOf(after), isChanged })
  const [was, is] = [partsOf(before), partsOf(after)]
  for (const label of new Set([...was.keys(), ...is.keys()])) {
    const inner = { path: `${place.path}.${label}`, label, level: place.level + 1 }
    add(lines, inner, was.get(label), is.get(label))
  }
}

function sideOf(value: unknown): Side {
  if (value === undefined) return { is: 'absent' }
  const why = maskOf(value)
  if (why) return { is: 'masked', why }
  if (partsOf(value).size > 0) return { is: 'parts' }
  const text = cut(value)
  return { is: 'value', text: typeof text === 'string' ? text : JSON.stringify(text) }
}

function partsOf(value: unknown): ReadonlyMap<string, unknown> {
  if (maskOf(value) || !(isRecord(value) || Array.isArray(value))) return NO_PARTS
  return new Map(Object.entries(value))
}

const NO_PARTS: ReadonlyMap<string, unknown> = new Map()
