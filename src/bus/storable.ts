/** What PostgreSQL cannot keep of JSON: the character NUL, and half of one that takes two places. */

export const UNSTORABLE = 'the character NUL or half a character'

/** In JSON both are written as an escape: few texts have one, and no other needs a look. */
const MAY_BE_UNSTORABLE = String.raw`\u`

/** Path of the first text or name in plain JSON that could not be read back as it is; undefined where there is none. */
export function pathOfUnstorable(json: string, parse: () => unknown): string | undefined {
  return json.includes(MAY_BE_UNSTORABLE) ? find(parse(), []) : undefined
}

export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed()
}

/** The nearest text that can be kept. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD').toWellFormed()
}

function find(value: unknown, path: readonly string[]): string | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : path.join('.')
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, item] of Object.entries(value)) {
    const inner = [...path, storable(key)]
    const found = isStorable(key) ? find(item, inner) : inner.join('.')
    if (found !== undefined) return found
  }
  return undefined
}
