import { describe, expect, it } from 'vitest'
import { alertsOf } from './alerts.ts'
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
const alert = (...last: number[]) => alertsOf(dying(...last))[0]

describe('alerts', () => {
  it('are none where nothing is above its limit, however much is sent', () => {
    expect(alertsOf(dying())).toEqual([])
  })

  it('are raised, and elevated where it gets worse', () => {
    expect(alert(1)).toEqual({ what: 'dead', state: 'raised', minutes: 0, isLonger: false, value: 1 })
    expect(alert(1, 2, 3)).toMatchObject({ state: 'raised', minutes: 2 })
    expect(alert(1, 1, 60)).toMatchObject({ state: 'elevated', minutes: 2 })
  })

  it('are reduced where it was worse, and cleared for a while when it is over', () => {
    expect(alert(60, 3)).toMatchObject({ state: 'reduced', minutes: 1 })
    expect(alert(1, 60, 3)).toMatchObject({ state: 'reduced', minutes: 2 })
    expect(alert(3, 0, 0)).toMatchObject({ state: 'cleared', minutes: 2 })
    expect(alert(3, ...Array.from({ length: 16 }, () => 0))).toBeUndefined()
  })

  it('say that they are older than what is known', () => {
    expect(alert(...Array.from({ length: 60 }, () => 1))).toMatchObject({
      state: 'raised',
      minutes: 59,
      isLonger: true,
    })
  })
})
