export type Asked = string | string[] | undefined

const LONGEST = 100

/** The stretch of time that an address asks for. */
export function rangeIn({ range }: { range?: Asked }): string {
  return (typeof range === 'string' && range.length <= LONGEST && range) || '1h'
}

/** What an address looks for in a list. */
export function findIn({ q }: { q?: Asked }): string {
  return typeof q === 'string' ? q.slice(0, LONGEST) : ''
}
