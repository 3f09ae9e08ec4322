import { describe, expect, it } from 'vitest'

import { axisOf, barsOf, formatDelta, formatMs, isScheduled, onLogScale, segmentsOf, totalMs } from './durations.ts'
import { rollUp } from './roll-up.ts'
import { aDelivery, aMessage } from './testing/views.ts'

const second = (seconds: number) => new Date(Date.parse('2026-01-01T00:00:00.000Z') + seconds * 1000).toISOString()

describe('durations', () => {
  it.each([
    [0.4, '0 ms'],
    [999, '999 ms'],
    [1_500, '1.5 s'],
    [61_000, '1 min 1 s'],
    [60_000, '1 min'],
    [3_660_000, '1 h 1 min'],
    [86_400_000, '24 h'],
    [90_000_000 * 2, '2 d 2 h'],
    [7 * 86_400_000, '7 d'],
    [-12, 'clock skew -12 ms'],
  ])('%d reads %s', (ms, text) => {
    expect(formatMs(ms)).toBe(text)
  })

  it('since the row before have a sign', () => {
    expect([0, 1_500, -12].map(formatDelta)).toEqual(['+0 ms', '+1.5 s', '−12 ms'])
  })

  it('of a message last until its slowest delivery, and are open while one is', () => {
    const done = aDelivery('m', 'a', { state: 'succeeded', settledAt: second(2) })
    expect(totalMs(aMessage('m', [done, aDelivery('m', 'b', { state: 'skipped', settledAt: second(9) })]))).toBe(2_000)
    expect(totalMs(aMessage('m', [done, aDelivery('m', 'c')]))).toBeNull()
    expect(totalMs(aMessage('m'))).toBeNull()
  })

  it('become bars on one axis', () => {
    const delivery = aDelivery('m', 'a', { state: 'succeeded', startedAt: second(1), settledAt: second(4) })
    const axis = axisOf([aMessage('m', [delivery])], Date.parse(second(100)))
    expect(barsOf(delivery, second(0), axis)).toEqual({
      waiting: { from: 0, length: 0.25 },
      handling: { from: 0.25, length: 0.75 },
    })
  })

  it('do not grow for what is scheduled for later, until it is due', () => {
    const later = aDelivery('m', 'a', { dueAt: second(60) })
    const axisAt = (now: number) => axisOf([aMessage('m', [later])], Date.parse(second(now)))
    expect(isScheduled(later, Date.parse(second(10)))).toBe(true)
    expect(axisAt(10).spanMs).toBe(1)
    expect(axisAt(70).spanMs).toBe(70_000)
  })

  it.each([
    [0, 0],
    [10, 0.2],
    [1_000, 0.6],
    [9_999_999, 1],
  ])('of %d ms fill %d of the logarithmic scale', (ms, share) => {
    expect(onLogScale(ms)).toBeCloseTo(share)
  })

  it('grow until now while something runs', () => {
    const running = aDelivery('m', 'a', { state: 'running', startedAt: second(0) })
    expect(axisOf([aMessage('m', [running])], Date.parse(second(10))).spanMs).toBe(10_000)
  })
})

describe('the attempts of a delivery', () => {
  const attempt = (number: number, outcome: 'succeeded' | 'failed', from: number, to: number) => ({
    number,
    outcome,
    startedAt: second(from),
    finishedAt: second(to),
    node: 'n',
    error: null,
    nextDueAt: null,
  })
  const axis = { start: Date.parse(second(0)), spanMs: 10_000, now: Date.parse(second(10)) }

  it('are stretches of the axis, each with its own end', () => {
    const attempts = [attempt(1, 'failed', 0, 1), attempt(2, 'succeeded', 5, 10)]
    const lane = aDelivery('m', 'a', { state: 'succeeded', startedAt: second(5), settledAt: second(10) })
    expect(segmentsOf({ ...lane, attempts }, axis)).toEqual([
      { from: 0, length: 0.1, state: 'dead' },
      { from: 0.5, length: 0.5, state: 'succeeded' },
    ])
  })

  it('include the one that runs, until now', () => {
    const lane = aDelivery('m', 'a', { state: 'running', startedAt: second(8) })
    expect(segmentsOf({ ...lane, attempts: [attempt(1, 'failed', 0, 1)] }, axis).at(-1)).toEqual({
      from: 0.8,
      length: expect.closeTo(0.2),
      state: 'running',
    })
  })
})

describe('one state for many', () => {
  it.each([
    [['succeeded', 'dead', 'running'], 'dead'],
    [['succeeded', 'retrying', 'skipped'], 'retrying'],
    [['succeeded', 'skipped'], 'succeeded'],
    [[], null],
  ] as const)('%j is %s', (states, expected) => {
    expect(rollUp(states)).toBe(expected)
  })
})
