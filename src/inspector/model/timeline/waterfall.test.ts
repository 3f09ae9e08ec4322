import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyTimeline, delivery, message, timeline } from '../testing/timelines.ts'
import { causeTreeOf } from './cause-tree.ts'
import { criticalPath } from './critical-path.ts'
import { clockSkewMs, partsOf, stateAt } from './parts.ts'
import { changeTimes, stepFrom } from './playhead.ts'
import { idleFolds, timeScale } from './time-scale.ts'
import { boundsOf } from './timeline.ts'

const NOW = 10_000_000
const sent = { at: 100 }
const show = (one: ReturnType<typeof delivery>, now = NOW) =>
  partsOf(sent, one, now).map(({ kind, from, to, state }) => `${kind} ${from}-${to} ${state}`)

describe('the parts of a delivery', () => {
  it('are queued, then handled', () => {
    expect(show(delivery('a', { state: 'succeeded', startedAt: 120, settledAt: 150 }))).toEqual([
      'queued 100-120 pending',
      'handling 120-150 succeeded',
    ])
  })

  it('wait until due, when sent for later', () => {
    expect(show(delivery('a', { state: 'succeeded', dueAt: 500, startedAt: 510, settledAt: 520 }))).toEqual([
      'scheduled 100-500 pending',
      'queued 500-510 pending',
      'handling 510-520 succeeded',
    ])
    expect(show(delivery('a', { dueAt: 500 }), 300)).toEqual(['scheduled 100-300 pending'])
    expect(show(delivery('a', { dueAt: 101 }), 300)).toEqual(['queued 100-300 pending'])
  })

  it('show each failure, and the back-off after it', () => {
    const failures = [
      { number: 1, startedAt: 110, finishedAt: 120 },
      { number: 2, startedAt: 200, finishedAt: 210 },
    ]
    const parts = [
      'queued 100-110 pending',
      'handling 110-120 dead',
      'back-off 120-200 retrying',
      'handling 200-210 dead',
    ]
    expect(show(delivery('a', { state: 'dead', failures, startedAt: 200, settledAt: 210 }))).toEqual(parts)
    expect(show(delivery('a', { state: 'retrying', failures, startedAt: 200, dueAt: 400 }), 300)).toEqual([
      ...parts,
      'back-off 210-300 retrying',
    ])
    expect(show(delivery('a', { state: 'retrying', failures, startedAt: 200, dueAt: 400 }), 450)).toEqual([
      ...parts,
      'back-off 210-400 retrying',
      'queued 400-450 retrying',
    ])
    expect(show(delivery('a', { state: 'running', failures, startedAt: 400 }), 450)).toEqual([
      ...parts,
      'back-off 210-400 retrying',
      'handling 400-450 running',
    ])
  })

  it('of what was skipped are none', () => {
    expect(show(delivery('a', { state: 'skipped', settledAt: 100 }))).toEqual([])
  })

  it('are never negative, whatever the clocks say', () => {
    const early = delivery('a', { state: 'succeeded', startedAt: 88, settledAt: 150 })
    expect(clockSkewMs(sent, early)).toBe(12)
    expect(show(early)).toEqual(['handling 100-150 succeeded'])
  })

  it('follow on one another, from the message to the end', () => {
    fc.assert(
      fc.property(anyTimeline, ({ messages }) => {
        for (const one of messages) {
          for (const each of one.deliveries) {
            const parts = partsOf(one, each, NOW)
            for (const [index, part] of parts.entries()) {
              expect(part.to).toBeGreaterThan(part.from)
              expect(part.from).toBe(parts[index - 1]?.to ?? one.at)
            }
          }
        }
      }),
    )
  })
})

describe('the state at a time', () => {
  const failures = [{ number: 1, startedAt: 110, finishedAt: 120 }]
  const retried = delivery('a', { state: 'succeeded', failures, startedAt: 200, settledAt: 210 })
  it.each([
    [99, null],
    [100, 'pending'],
    [115, 'running'],
    [150, 'retrying'],
    [205, 'running'],
    [210, 'succeeded'],
    [999, 'succeeded'],
  ])('%d is %s', (time, state) => {
    expect(stateAt(sent, retried, time)).toBe(state)
  })

  it('is at the end what it is now', () => {
    fc.assert(
      fc.property(anyTimeline, ({ messages }) => {
        for (const one of messages) {
          for (const each of one.deliveries)
            if (each.settledAt !== null) expect(stateAt(one, each, NOW)).toBe(each.state)
        }
      }),
    )
  })

  it('is reached from every other by steps, each change once', () => {
    const conversation = timeline(message('m', [retried], { at: 100 }))
    const times = changeTimes(conversation, NOW)
    expect([...times]).toEqual([100, 110, 120, 200, 210])
    expect(stepFrom(times, 115, 1)).toBe(120)
    expect(stepFrom(times, 120, 1)).toBe(200)
    expect(stepFrom(times, 120, -1)).toBe(110)
    expect(stepFrom(times, 100, -1)).toBeNull()
    expect(stepFrom(times, 210, 1)).toBeNull()
  })
})

describe('the scale of time', () => {
  const bounds = { start: 0, end: 10_000 }
  it('folds what is idle for long', () => {
    const active = [
      { from: 0, to: 100 },
      { from: 150, to: 300 },
      { from: 9_000, to: 9_100 },
    ]
    expect(idleFolds(bounds, active)).toEqual([
      { from: 300, to: 9_000 },
      { from: 9_100, to: 10_000 },
    ])
    expect(idleFolds({ start: 0, end: 90 }, [{ from: 0, to: 1 }])).toEqual([])
  })

  const anySpans = fc.array(
    fc.tuple(fc.nat(10_000), fc.nat(10_000)).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
    { maxLength: 8 },
  )
  it('keeps the order of times, begins at 0, ends at 1, and knows the way back', () => {
    fc.assert(
      fc.property(anySpans, fc.nat(10_000), fc.nat(10_000), (active, a, b) => {
        const scale = timeScale(bounds, idleFolds(bounds, active))
        expect(scale.place(0)).toBeCloseTo(0)
        expect(scale.place(10_000)).toBeCloseTo(1)
        if (a < b) expect(scale.place(a)).toBeLessThan(scale.place(b))
        expect(scale.timeAt(scale.place(a))).toBeCloseTo(a, 3)
      }),
    )
  })

  it('never folds what is active', () => {
    fc.assert(
      fc.property(anySpans, (active) => {
        for (const fold of idleFolds(bounds, active)) {
          expect(active.some((each) => each.from < fold.to && each.to > fold.from)).toBe(false)
        }
      }),
    )
  })
})

describe('the critical path', () => {
  it('is what the last settlement had to wait for', () => {
    const conversation = timeline(
      message('create', [delivery('accounts', { state: 'succeeded', settledAt: 20 })], { at: 0 }),
      message(
        'created',
        [
          delivery('audit', { state: 'succeeded', settledAt: 30 }),
          delivery('welcome', { state: 'succeeded', settledAt: 60 }),
        ],
        {
          at: 15,
          causeId: 'create',
          causeDeliveryId: 'accounts',
        },
      ),
      message('mail', [delivery('gateway', { state: 'dead', settledAt: 900 })], {
        at: 50,
        causeId: 'created',
        causeDeliveryId: 'welcome',
      }),
    )
    expect(criticalPath(causeTreeOf(conversation)).map(({ deliveryId, from, to }) => [deliveryId, from, to])).toEqual([
      ['accounts', 0, 15],
      ['welcome', 15, 50],
      ['gateway', 50, 900],
    ])
  })

  it('is without gaps, and ends with the conversation', () => {
    fc.assert(
      fc.property(anyTimeline, (conversation) => {
        const path = criticalPath(causeTreeOf(conversation))
        const settled = conversation.messages
          .flatMap((each) => each.deliveries)
          .filter((each) => each.state !== 'skipped' && each.settledAt !== null)
        expect(path.length > 0).toBe(settled.length > 0)
        if (path.length === 0) return
        expect(path.at(-1)?.to).toBe(Math.max(...settled.map((each) => each.settledAt!)))
        for (const [index, step] of path.entries()) {
          expect(step.to).toBeGreaterThanOrEqual(step.from)
          if (index > 0) expect(step.from).toBe(path[index - 1]!.to)
        }
      }),
    )
  })
})

describe('the bounds of a conversation', () => {
  it('grow while something runs, and not for what waits to be due', () => {
    const running = message('m', [delivery('a', { state: 'running', startedAt: 5 })])
    expect(boundsOf(timeline(running), 1_000)).toEqual({ start: 0, end: 1_000 })
    const later = message('m', [delivery('a', { dueAt: 60_000 })])
    expect(boundsOf(timeline(later), 1_000)).toEqual({ start: 0, end: 1 })
    expect(boundsOf(timeline(later), 70_000)).toEqual({ start: 0, end: 70_000 })
  })
})
