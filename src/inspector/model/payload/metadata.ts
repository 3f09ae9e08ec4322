/** What Waybill knows of a message beside what it says. None of it travels with it. */
import { isRecord } from './exact-json.ts'

export interface Metadata {
  /** Of its body as JSON, as it is stored: what is sealed is longer than what is in it. */
  bodyBytes: number
  classified: ClassifiedField[]
  /** The module it belongs to; null where this build does not know the type. */
  owner: string | null
  contract: Contract
  /** For so long it is kept after its last delivery was settled. */
  retentionDays: number
  /** Until then a repeat of its idempotency key is answered with this message; null where nothing waits for one. */
  answersRepeatsUntil: string | null
}

/** What this build makes of the version in which it is stored. */
export interface Contract {
  /** The newest version that this build has; null where it does not know the type. */
  newest: number | null
  /** Whether it declares the stored version itself. */
  isDeclared: boolean
  /** Whether the newest can be made of it. */
  isRead: boolean
}

/** A field of a body that is not shown, and how it is kept. */
export interface ClassifiedField {
  /** `name`, `items[].email`. */
  path: string
  mark: 'personal' | 'secret' | 'unknown' | 'erased'
  /** Whether it is sealed as it is stored. */
  isSealed: boolean
  /** How often it is there. */
  count: number
}

/** Where a body is masked, and whether what is stored there is sealed; what is at one place of each item counts as one. */
export function classifiedFields(
  masked: unknown,
  stored: unknown,
  isSealed: (value: unknown) => boolean,
): ClassifiedField[] {
  const fields = new Map<string, ClassifiedField>()
  for (const { path, mark, value } of masksIn(masked, stored, '')) {
    const sealed = isSealed(value)
    const key = `${path} ${mark} ${sealed}`
    fields.set(key, { path, mark, isSealed: sealed, count: (fields.get(key)?.count ?? 0) + 1 })
  }
  return [...fields.values()]
}

interface Masked {
  path: string
  mark: ClassifiedField['mark']
  value: unknown
}

function* masksIn(masked: unknown, stored: unknown, path: string): Iterable<Masked> {
  const mark = markOf(masked)
  if (mark) yield { path, mark, value: stored }
  else if (Array.isArray(masked)) {
    for (const [index, item] of masked.entries()) yield* masksIn(item, partOf(stored, index), `${path}[]`)
  } else if (isRecord(masked)) {
    for (const [key, item] of Object.entries(masked))
      yield* masksIn(item, partOf(stored, key), path === '' ? key : `${path}.${key}`)
  }
}

const MARKS: readonly string[] = ['personal', 'secret', 'unknown', 'erased'] satisfies ClassifiedField['mark'][]

function markOf(value: unknown): ClassifiedField['mark'] | null {
  if (!isRecord(value) || Object.keys(value).length !== 1) return null
  const { masked } = value
  return typeof masked === 'string' && MARKS.includes(masked) ? (masked as ClassifiedField['mark']) : null
}

function partOf(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key]
    : undefined
}

/** What follows upon `version 1`: how this build stands to it. */
export function contractWords(version: number, { newest, isDeclared, isRead }: Contract): string {
  if (newest === null) return ', of a type that this build does not know'
  if (version === newest) return ', the newest of this build'
  if (version > newest) return `; this build knows no later one than ${newest}`
  const declared = isDeclared ? '' : ', which this build has no more'
  return isRead ? `${declared}; it is read as version ${newest}` : `${declared}; it cannot be read as version ${newest}`
}

/** How a field is kept. */
export function keepingWords({ mark, isSealed }: Pick<ClassifiedField, 'mark' | 'isSealed'>): string {
  if (mark === 'unknown') return 'masked: this build does not know the contract'
  if (mark === 'erased') return 'personal, erased with its person'
  return isSealed ? `${mark}, sealed` : `${mark}, masked; it is stored in clear`
}
