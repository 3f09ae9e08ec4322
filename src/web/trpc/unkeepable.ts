/** Whether a text somewhere in a value is one that the database cannot keep: with a NUL in it, or half a character. */
export function isUnkeepable(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed()
  if (value instanceof Map || value instanceof Set) return [...value].some(isUnkeepable)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, each]) => isUnkeepable(name) || isUnkeepable(each))
}
