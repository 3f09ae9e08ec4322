import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRecurrence, lastDueTime, nextDueTimes } from './due-times.ts'

const berlin = (cron: string) => ({ cron, timeZone: 'Europe/Berlin' })
const next = (cron: string, after: string, count: number) =>
  nextDueTimes(berlin(cron), new Date(after), count).map((each) => each.toISOString())

describe('T5: the times of a cron expression in a time zone', () => {
  it('stay at the same time of day when the clocks change', () => {
    expect(next('30 3 * * *', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T01:30:00.000Z',
    ])
    expect(next('30 3 * * *', '2026-10-24T00:00:00Z', 2)).toEqual([
      '2026-10-24T01:30:00.000Z',
      '2026-10-25T02:30:00.000Z',
    ])
  })

  it('that the clocks skip come when the clocks have been put forward', () => {
    expect(next('30 2 * * *', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ])
  })

  it('that the clocks show twice come once', () => {
    expect(next('30 2 * * *', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ])
  })

  it('that are hourly come in every hour there is', () => {
    expect(next('15 * * * *', '2026-10-24T23:30:00Z', 3)).toEqual([
      '2026-10-25T00:15:00.000Z',
      '2026-10-25T01:15:00.000Z',
      '2026-10-25T02:15:00.000Z',
    ])
    expect(next('15 * * * *', '2026-03-29T00:30:00Z', 2)).toEqual([
      '2026-03-29T01:15:00.000Z',
      '2026-03-29T02:15:00.000Z',
    ])
  })

  it('are the same seen from before and from after, also across a change of the clocks', () => {
    const start = Date.parse('2026-01-01T00:00:00Z')
    const instant = fc.integer({ min: 0, max: 365 * 24 * 60 }).map((minutes) => new Date(start + minutes * 60_000))
    const cron = fc.constantFrom('30 2 * * *', '0 3 * * *', '15 * * * *', '0 0 * * 1', '45 23 1 * *')
    fc.assert(
      fc.property(cron, instant, (expression, from) => {
        const [due] = nextDueTimes(berlin(expression), from, 1)
        expect(due!.getTime()).toBeGreaterThan(from.getTime())
        expect(lastDueTime(berlin(expression), due!)).toEqual(due)
        expect(lastDueTime(berlin(expression), new Date(due!.getTime() + 999))).toEqual(due)
        expect(lastDueTime(berlin(expression), new Date(due!.getTime() - 1))!.getTime()).toBeLessThan(due!.getTime())
      }),
      { numRuns: 300 },
    )
  })

  it('that make no sense are refused, and the reason is said', () => {
    expect(() => checkRecurrence(berlin('every night'))).toThrow(/every night/)
    expect(() => checkRecurrence({ cron: '0 3 * * *', timeZone: 'Mars/Olympus' })).toThrow(/Mars\/Olympus/)
    expect(() => checkRecurrence(berlin('0 0 31 2 *'))).toThrow(/never due/)
  })
})
