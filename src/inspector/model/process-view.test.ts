import { describe, expect, it } from 'vitest'
import {
  activePaths,
  type Change,
  changesBetween,
  compareSteps,
  elapsedShare,
  firingOf,
  inShort,
  isOverdue,
  type RevisionView,
  requestOf,
  standAt,
  stateWords,
  timeOutSpans,
} from './process-view.ts'

const context = {}
const open = { open: { email: 'sending', address: { unconfirmed: 'fresh' } } }

describe('a time-out', () => {
  const step = (version: number, cameIn: string, ...asked: string[]): RevisionView => ({
    version,
    at: '2026-01-01T12:00:00.000Z',
    messageIn: { messageId: cameIn, name: 'a' },
    changes: [],
    messagesOut: [
      { messageId: `${cameIn}-sent`, name: 'b', action: 'send' },
      ...asked.map((messageId) => ({ messageId, name: 'c', action: 'time-out' })),
    ],
  })
  const steps = [step(3, 'reminder'), step(2, 'm2', 'expiry'), step(1, 'm1', 'reminder')]

  it('is asked for in one step and comes in another', () => {
    expect(firingOf(steps, 'reminder')?.version).toBe(3)
    expect(requestOf(steps, 'reminder')?.version).toBe(1)
  })

  it('spans the steps between, or is open while it is to come; what was called off spans nothing', () => {
    expect(timeOutSpans(steps, [{ messageId: 'expiry' }])).toEqual([
      { messageId: 'expiry', askedIn: 2, cameIn: null },
      { messageId: 'reminder', askedIn: 1, cameIn: 3 },
    ])
    expect(timeOutSpans(steps, [])).toEqual([{ messageId: 'reminder', askedIn: 1, cameIn: 3 }])
  })

  it('has not come yet, or is no time-out at all', () => {
    expect(firingOf(steps, 'expiry')).toBeUndefined()
    expect(requestOf(steps, 'm2')).toBeUndefined()
    expect(requestOf([step(2, 'm1-sent'), step(1, 'm1')], 'm1-sent')).toBeUndefined()
  })
})

describe('how much of the time until a time-out is over', () => {
  const from = '2026-01-01T12:00:00.000Z'
  it.each([
    ['half', '2026-01-01T12:00:10.000Z', 5, 0.5],
    ['all of it, when it is late', '2026-01-01T12:00:10.000Z', 60, 1],
    ['nothing, while the clock here is behind', '2026-01-01T12:00:10.000Z', -1, 0],
    ['all of it, when it was due at once', from, 0, 1],
  ])('%s', (_, dueAt, seconds, share) => {
    expect(elapsedShare(from, { dueAt }, Date.parse(from) + seconds * 1_000)).toBe(share)
  })
})

describe('what a step changed', () => {
  it.each([
    [
      'the first one: everything',
      null,
      { state: open, context: { lines: 1 } },
      [
        'state: undefined → open',
        'open.email: undefined → sending',
        'open.address: undefined → unconfirmed',
        'open.address.unconfirmed: undefined → fresh',
        'context.lines: undefined → 1',
      ],
    ],
    [
      'one region moved',
      { state: open, context },
      { state: { open: { email: 'sent', address: { unconfirmed: 'fresh' } } }, context },
      ['open.email: sending → sent'],
    ],
    [
      'a parent was left, and all that was in it',
      { state: open, context },
      { state: { open: { email: 'sending', address: 'confirmed' } }, context },
      ['open.address: unconfirmed → confirmed'],
    ],
    ['the end', { state: open, context }, { state: 'completed', context }, ['state: open → completed']],
    [
      'values of the context',
      { state: 'a', context: { kept: 1, gone: true, deep: { n: [1] } } },
      { state: 'a', context: { kept: 1, deep: { n: [2] } } },
      ['context.gone: true → undefined', 'context.deep.n.0: 1 → 2'],
    ],
    ['nothing', { state: 'a', context }, { state: 'a', context }, []],
  ])('%s', (_, before, after, changes) => {
    const seen = changesBetween(before, after).map(
      (each) => `${each.path}: ${String(each.before)} → ${String(each.after)}`,
    )
    expect(seen).toEqual(changes)
  })
})

describe('where an instance is', () => {
  it('is every state on the way to the innermost', () => {
    expect(activePaths(open)).toEqual([
      'open',
      'open.email',
      'open.email.sending',
      'open.address',
      'open.address.unconfirmed',
      'open.address.unconfirmed.fresh',
    ])
  })

  it.each([
    ['completed', ['completed']],
    [{ open: 'asked' }, ['asked']],
    [open, ['email › sending', 'address › unconfirmed › fresh']],
  ])('in short, %j is %j', (state, words) => {
    expect(stateWords(state)).toEqual(words)
  })
})

describe('an instance', () => {
  const now = Date.parse('2026-01-01T12:00:00.000Z')
  it.each([
    ['running', '2026-01-01T11:59:00.000Z', true],
    ['running', '2026-01-01T11:59:59.000Z', false],
    ['running', '2026-01-01T13:00:00.000Z', false],
    ['running', null, false],
    ['completed', '2026-01-01T11:00:00.000Z', false],
  ] as const)('that is %s and due at %s is overdue: %s', (status, dueAt, expected) => {
    expect(isOverdue({ status, dueAt }, now)).toBe(expected)
  })
})

describe('how a process stood at a time', () => {
  const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`
  const steps = [
    { version: 1, at: at(1), state: 'open' },
    { version: 2, at: at(3), state: 'closed' },
  ]
  const process = {
    ...{
      process: 'p',
      key: 'k',
      version: 2,
      status: 'completed' as const,
      state: 'closed',
      waitingFor: [],
      dueAt: null,
    },
    ...{ startedAt: at(1), changedAt: at(3), finishedAt: at(3), conversationId: 'c', steps, shown: [] },
  }
  it.each([
    [0, null],
    [2, { version: 1, state: 'open', status: 'running' }],
    [3, { version: 2, state: 'closed', status: 'completed' }],
  ])('at second %i', (second, stand) => {
    expect(standAt(process, Date.parse(at(second)))).toEqual(stand)
  })

  it('at the present it is as it is', () => {
    expect(standAt(process, null)).toEqual({ version: 2, state: 'closed', status: 'completed' })
  })
})

describe('two steps of a process', () => {
  const step = (version: number, changes: Change[]): RevisionView => ({
    version,
    at: '2026-01-01T00:00:00.000Z',
    messageIn: { messageId: 'm', name: 'shop.paid' },
    messagesOut: [],
    changes,
  })
  const change = (path: string, before: unknown, after: unknown): Change => ({ path, before, after })
  const revisions = [
    step(4, [change('context.lines', 3, 1), change('state', 'open', 'done')]),
    step(3, [change('context.lines', 2, 3), change('context.note', undefined, 'late')]),
    step(2, [change('context.lines', 1, 2)]),
    step(1, [change('state', undefined, 'open')]),
  ]

  it('differ in what changed between them, and not in what was changed back', () => {
    expect(compareSteps(revisions, 2, 3).changes).toEqual([
      change('context.lines', 2, 3),
      change('context.note', undefined, 'late'),
    ])
    expect(compareSteps(revisions, 4, 1).changes).toEqual([
      change('context.note', undefined, 'late'),
      change('state', 'open', 'done'),
    ])
    expect(compareSteps(revisions, 2, 2).changes).toEqual([])
  })

  it('say which steps between them are not known', () => {
    expect(compareSteps(revisions, 1, 4).unknown).toBeNull()
    const newest = revisions.slice(0, 2)
    expect(compareSteps(newest, 4, 1)).toMatchObject({ from: 1, to: 4, unknown: { from: 2, to: 2 } })
    expect(compareSteps(newest, 1, 2)).toMatchObject({ changes: [], unknown: { from: 2, to: 2 } })
    expect(compareSteps(newest, 2, 4).unknown).toBeNull()
    expect(compareSteps(newest, 3, 9_999)).toMatchObject({ from: 3, to: 4, unknown: null })
  })
})

it('a long value of a change is told by its beginning', () => {
  const change = { path: 'context.a', before: undefined, after: { list: Array(1_000).fill('x') } }
  expect(inShort(change).after).toMatch(/^\{"list":\["x".{980,1000}… \(4,010 characters\)$/)
  expect(inShort({ ...change, after: 7 })).toEqual({ ...change, after: 7 })
})
