import { isRecord } from './exact-json.ts'

/** A value that is shown for a short time. */
export interface RevealedField {
  /** As in `ways.0.email`. */
  path: string
  value: string
}

/** Where personal data is masked in a body. */
export function maskedPaths(masked: unknown, path = ''): string[] {
  if (isPersonalMask(masked)) return [path]
  return partsOf(masked).flatMap(([key, part]) => maskedPaths(part, path === '' ? key : `${path}.${key}`))
}

/** What stands in clear where a body is masked; of one field, or of all. */
export function revealedFields(masked: unknown, clear: unknown, field: string | null): RevealedField[] {
  return maskedPaths(masked)
    .filter((path) => field === null || path === field)
    .map((path) => ({ path, value: textOf(at(clear, path)) }))
}

function isPersonalMask(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 1 && value.masked === 'personal'
}

function partsOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (part, key) => (typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[key] : undefined),
      value,
    )
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
