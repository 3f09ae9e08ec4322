import { describe, expect, it } from 'vitest'
import { aDelivery } from '../testing/views.ts'
import type { AttemptView, LaneView } from '../view.ts'
import { NO_CIRCUMSTANCES } from './circumstances.ts'
import { explainDelivery } from './explain-delivery.ts'
import { explainMessage } from './explain-message.ts'
import { findUnusual } from './usual-shape.ts'

const START = Date.parse('2026-01-01T00:00:00.000Z')
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString()
const NOW = START + 60_000

function lane(changes: Partial<LaneView> = {}): LaneView {
  return {
    ...aDelivery('m', 'mail'),
    ...NO_CIRCUMSTANCES,
    handlerKind: 'effectful',
    attempts: [],
    emitted: [],
    fault: null,
    outage: null,
    ...changes,
  }
}

function failed(...numbers: number[]): AttemptView[] {
  return numbers.map((number) => ({
    number,
    outcome: 'failed',
    startedAt: at(number),
    finishedAt: at(number + 0.5),
    node: 'n1',
    error: null,
    nextDueAt: null,
  }))
}

const twice = { attempt: 2, attempts: failed(1, 2), lastError: 'Error: ECONNRESET.' }
const settled = { attempt: 1, startedAt: at(1), settledAt: at(1.04) }
const usual = { p50: 40, p95: 60 }
const ahead = { key: 'order-1', count: 3, isMore: false, state: 'dead', messageId: 'x' } as const
const sharing = { fingerprint: 'f', others: 41, isMore: false, since: '2026-01-01T13:58:00.000Z' }

const SENTENCES: [cause: string, lane: Partial<LaneView>, sentence: string][] = [
  ['waits for room', {}, 'It has been due for 1 min, and waits for its handler to have room.'],
  ['is scheduled', { dueAt: at(360) }, 'It is scheduled, and due in 5 min.'],
  [
    'is parked',
    { parkedReason: 'Version 3 is not known.' },
    'It is parked until a build can read it: Version 3 is not known.',
  ],
  [
    'has no handler in this build',
    { handlerKind: null },
    'It waits for a build that has its handler: this one has not.',
  ],
  ['has a paused handler', { isPaused: true }, 'It waits, because an operator has paused test.mail.'],
  [
    'is paused after failures',
    { ...twice, state: 'retrying', isPaused: true },
    'It failed twice with “Error: ECONNRESET”; it waits, because an operator has paused test.mail.',
  ],
  [
    'waits out an outage',
    { outage: { since: '2026-01-01T13:58:10.000Z' } },
    'Its handler has been failing without end since 13:58 UTC: one delivery at a time is tried, and this one waits.',
  ],
  [
    'waits behind its key',
    { ahead },
    'It waits behind 3 other messages of the key “order-1”, of which the first is dead: retry or discard it.',
  ],
  [
    'waits behind one that runs',
    { ahead: { ...ahead, count: 1, state: 'running' } },
    'It waits behind one other message of the key “order-1”, of which the first is being handled.',
  ],
  [
    'is tried again later',
    { ...twice, state: 'retrying', dueAt: at(102) },
    'It failed twice with “Error: ECONNRESET”; the third of 6 attempts is due in 42 s.',
  ],
  [
    'is due again',
    { ...twice, state: 'retrying', dueAt: at(59) },
    'It failed twice with “Error: ECONNRESET”; it has been due for 1.0 s, and waits for its handler to have room.',
  ],
  [
    'runs',
    { state: 'running', attempt: 1, startedAt: at(59.9), node: 'n1', usual },
    'It has been running on n1 for 100 ms, attempt 1 of 6.',
  ],
  [
    'runs again',
    { ...twice, state: 'running', attempt: 3, startedAt: at(59.9), node: 'n1' },
    'It has been running on n1 for 100 ms, attempt 3 of 6; it failed twice before with “Error: ECONNRESET”.',
  ],
  [
    'runs for unusually long',
    { state: 'running', attempt: 1, startedAt: at(58.1), usual },
    'It has been running for 1.9 s, attempt 1 of 6; usually it takes 40 ms.',
  ],
  ['succeeded', { ...settled, state: 'succeeded', usual }, 'Handled in 40 ms.'],
  [
    'succeeded after failures',
    { ...settled, ...twice, attempt: 3, state: 'succeeded' },
    'Handled in 40 ms at the third attempt, after it had failed twice.',
  ],
  [
    'succeeded slowly',
    { ...settled, settledAt: at(3), state: 'succeeded', usual },
    'Handled in 2.0 s; usually it takes 40 ms.',
  ],
  [
    'is dead, as others are',
    { ...settled, ...twice, attempt: 6, state: 'dead', sharing },
    'Given up after 6 attempts: “Error: ECONNRESET”; 41 others share this error since 13:58 UTC.',
  ],
  [
    'is dead, alone',
    { ...settled, state: 'dead', lastError: 'TypeError: no', sharing: { ...sharing, others: 0 } },
    'Given up at the first attempt, because its error is not one that passes: “TypeError: no”; no other shares this error.',
  ],
  [
    'is dead in an outage',
    { ...settled, state: 'dead', attempt: 6, outage: { since: at(0) } },
    'Given up after 6 attempts; its handler fails without end.',
  ],
  ['was filtered', { state: 'skipped', reason: 'amount < 100' }, 'It was not wanted: amount < 100.'],
  [
    'expired',
    { state: 'skipped', reason: 'Expired: it was to be handled before noon' },
    'It was not handled. Expired: it was to be handled before noon.',
  ],
  ['was skipped', { state: 'skipped' }, 'It was not handled: its handler did not want it.'],
  ['was discarded', { ...twice, state: 'discarded', reason: 'A duplicate' }, 'It was discarded: A duplicate.'],
  [
    'was cancelled',
    { state: 'discarded', attempt: 0 },
    'It was cancelled before anybody tried it: no reason was given.',
  ],
]

describe('a delivery explains itself when it', () => {
  it.each(SENTENCES)('%s', (_, changes, sentence) => {
    expect(explainDelivery(lane(changes), NOW)).toBe(sentence)
  })
})

describe('a message explains itself', () => {
  const done = lane({ ...settled, state: 'succeeded', subscription: 'billing.charge' })
  const dead = lane({ ...settled, ...twice, attempt: 6, state: 'dead', subscription: 'loyalty.award' })
  const skipped = lane({ state: 'skipped', reason: 'amount < 100' })
  const say = (...deliveries: LaneView[]) => explainMessage({ kind: 'event', occurredAt: at(0), deliveries }, NOW)

  it('by what is wrong, and what is not affected', () => {
    expect(say(dead, done, skipped)).toBe(
      'loyalty.award: given up after 6 attempts: “Error: ECONNRESET”. The other handler was not affected.',
    )
    expect(say(dead, lane({ state: 'retrying', attempt: 1 }), done, done)).toBe(
      'loyalty.award: given up after 6 attempts: “Error: ECONNRESET”. One more handler is in trouble. The other 2 were not affected.',
    )
  })

  it('by what it waits for', () => {
    expect(say(lane({ dueAt: at(360) }))).toBe('It is scheduled, and due in 5 min.')
    expect(say(done, lane())).toBe(
      '1 of 2 handlers are done; test.mail: it has been due for 1 min, and waits for its handler to have room.',
    )
  })

  it('by how it ended', () => {
    expect(say(done)).toBe('Its one handler was done 1.0 s after it was sent.')
    expect(say(done, lane({ ...settled, settledAt: at(3), state: 'succeeded' }))).toBe(
      'Both handlers were done 3.0 s after it was sent; the last of them was test.mail.',
    )
    expect(say(lane({ ...settled, state: 'discarded' }))).toBe('It was discarded by hand or by a rule.')
  })

  it('when nobody handles it', () => {
    expect(say()).toMatch(/^Nobody had asked for this event/)
    expect(explainMessage({ kind: 'command', occurredAt: at(0), deliveries: [] }, NOW)).toMatch(/^No handler/)
    expect(say(skipped)).toMatch(/^Its one handler has not wanted it/)
  })
})

describe('what is unusual', () => {
  const known = { messages: 100, subscriptions: ['a.one', 'a.two'] }
  const one = lane({ subscription: 'a.one' })
  const two = lane({ subscription: 'a.two' })

  it('is nothing where all is as always, or where too little is known', () => {
    expect(findUnusual(known, [one, two])).toEqual([])
    expect(findUnusual(null, [one])).toEqual([])
    expect(findUnusual({ ...known, messages: 5 }, [one])).toEqual([])
  })

  it('is a delivery that is missing, one that is new, and one that took long', () => {
    expect(findUnusual(known, [one])).toEqual(['Usually 2 deliveries, this has 1: a.two is missing.'])
    expect(findUnusual(known, [one, two, lane()])).toEqual(['Usually 2 deliveries, this has 3: test.mail is new.'])
    const slow = { ...one, ...settled, settledAt: at(2.9), state: 'succeeded', usual } as const
    expect(findUnusual(known, [slow, two])).toEqual(['a.one usually takes 40 ms, now 1.9 s.'])
  })
})
