/** JSON whose numbers stay as they were written: 9007199254740993 is not 9007199254740992, and 1.10 not 1.1. */

/** A number that JavaScript would write in another way. */
export class ExactNumber {
  readonly source: string

  constructor(source: string) {
    this.source = source
  }
}

type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown
/** ES2025 has them; the compiler does not know yet. */
const exact = JSON as unknown as {
  parse(text: string, reviver: Reviver): unknown
  rawJSON?(source: string): unknown
}

/** @throws SyntaxError when it is no JSON. */
export function parseExact(json: string): unknown {
  return exact.parse(json, (_, value, context) =>
    typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
      ? new ExactNumber(context.source)
      : value,
  )
}

/** Writes what {@link parseExact} read. What `replace` gives back other than undefined stands in its place. */
export function stringifyExact(value: unknown, replace?: (value: unknown) => unknown): string {
  return JSON.stringify(
    value,
    (_, each: unknown) => {
      if (each instanceof ExactNumber) return exact.rawJSON?.(each.source) ?? Number(each.source)
      return replace?.(each) ?? each
    },
    2,
  )
}

/** A value, with the numbers of another of the same shape where both have one: what was masked in it stays so. */
export function withExactNumbers(value: unknown, source: unknown): unknown {
  if (typeof value === 'number') return source instanceof ExactNumber ? source : value
  if (Array.isArray(value))
    return value.map((item, index) => withExactNumbers(item, Array.isArray(source) ? source[index] : null))
  if (!isRecord(value)) return value
  const other = isRecord(source) ? source : {}
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      withExactNumbers(item, Object.hasOwn(other, key) ? other[key] : null),
    ]),
  )
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
}
