import { describe, expect, it } from 'vitest'
import { aroundName, FIRST_COLUMNS, readColumns, toggled, widthsOf, writeColumns } from './live-columns.ts'

describe('the columns of the live list', () => {
  it('stand in the address as soon as they are not as at first', () => {
    expect(readColumns(null)).toEqual(FIRST_COLUMNS)
    expect(writeColumns(FIRST_COLUMNS)).toBeNull()
    const own = toggled(toggled(FIRST_COLUMNS, 'payload.total'), 'key')
    expect(writeColumns(own)).toBe('time,key,payload.total,deliveries,took,conversation')
    expect(readColumns(writeColumns(own)!)).toEqual(own)
    expect(readColumns('')).toEqual([])
    expect(writeColumns([])).toBe('')
  })

  it('are those that there are, each once', () => {
    expect(readColumns('took,nonsense,took,payload.a,payload.a,payload.<b>')).toEqual(['payload.a', 'took'])
    expect(readColumns(Array.from({ length: 9 }, (_, index) => `payload.p${index}`).join(','))).toHaveLength(6)
  })

  it('leave the message its place', () => {
    expect(aroundName(['time', 'key', 'took'])).toEqual([['time'], ['key', 'took']])
    expect(widthsOf(['time', 'payload.a'])).toBe('7rem minmax(8rem, 1fr) minmax(5rem, 11rem)')
  })
})
