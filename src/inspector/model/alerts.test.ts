import { describe, expect, it } from 'vitest'
import { alertsOf, levelAfter } from './alerts.ts'
import type { Cards } from './overview.ts'

/** The last minutes of an hour in which nothing was before them. */
const dying = (...last: number[]): Cards => {
  const measure = (...values: number[]) => ({
    trend: [...Array.from({ length: 60 - values.length }, () => 0), ...values],
    value: values.at(-1) ?? 0,
    before: null,
    isMore: false,
  })
  return {
    messages: measure(9_999),
    failing: measure(),
    oldest: measure(),
    retrying: measure(),
    dead: measure(...last),
  }
}
const AT = '2026-01-01T12:30:40.000Z'
const alert = (...last: number[]) => alertsOf({ cards: dying(...last), at: AT, clearances: {} })[0]

describe('alerts', () => {
  it('are none where nothing is above its limit, however much is sent', () => {
    expect(alert()).toBeUndefined()
  })

  it('warn where somebody should look, and are elevated where it is urgent', () => {
    expect(alert(1)).toEqual({
      ...{ what: 'dead', state: 'raised', level: 1, minutes: 0, isLonger: false, value: 1, clearance: null },
    })
    expect(alert(1, 2, 3)).toMatchObject({ state: 'raised', minutes: 2 })
    expect(alert(1, 1, 60)).toMatchObject({ state: 'elevated', minutes: 2 })
    expect(alert(60)).toMatchObject({ state: 'elevated', minutes: 0 })
  })

  it('are reduced where it was urgent, and resolved for a while when it is over', () => {
    expect(alert(60, 3)).toMatchObject({ state: 'reduced', minutes: 1 })
    expect(alert(1, 60, 3)).toMatchObject({ state: 'reduced', minutes: 2 })
    expect(alert(3, 0, 0)).toMatchObject({ state: 'resolved', minutes: 2 })
    expect(alert(3, ...Array.from({ length: 16 }, () => 0))).toBeUndefined()
  })

  it('do not come and go with what stands at a limit', () => {
    expect(alert(50, 49, 50, 41, 40)).toMatchObject({ state: 'elevated', minutes: 4 })
    expect(alert(50, 39)).toMatchObject({ state: 'reduced' })
    expect(alert(49, 45)).toMatchObject({ state: 'raised' })
    const limits = [100, 200] as const
    expect(levelAfter(0, 99, limits)).toBe(0)
    expect(levelAfter(1, 80, limits)).toBe(1)
    expect(levelAfter(1, 79, limits)).toBe(0)
    expect(levelAfter(1, 199, limits)).toBe(1)
    expect(levelAfter(2, 160, limits)).toBe(2)
    expect(levelAfter(2, 79, limits)).toBe(0)
  })

  it('are cleared by whoever has seen to them, until they are raised anew or get more urgent', () => {
    const clearedAt = (at: string, ...last: number[]) =>
      alertsOf({
        ...{ cards: dying(...last), at: AT },
        clearances: { dead: { at: `2026-01-01T${at}.000Z`, by: 'Ada', level: 1 } },
      })[0]
    expect(clearedAt('12:29:10', 1, 1, 2)).toMatchObject({ state: 'cleared', value: 2, clearance: { by: 'Ada' } })
    expect(clearedAt('12:27:59', 1, 1, 2)).toMatchObject({ state: 'raised', clearance: null })
    expect(clearedAt('12:29:10', 1, 1, 60)).toMatchObject({ state: 'elevated', clearance: null })
    expect(clearedAt('12:29:10', 1, 1, 0)).toMatchObject({ state: 'resolved', clearance: null })
    const hour = Array.from({ length: 60 }, () => 1)
    expect(clearedAt('10:00:00', ...hour)).toMatchObject({ state: 'cleared' })
  })

  it('say that they are older than what is known', () => {
    expect(alert(...Array.from({ length: 60 }, () => 1))).toMatchObject({
      state: 'raised',
      minutes: 59,
      isLonger: true,
    })
  })
})
