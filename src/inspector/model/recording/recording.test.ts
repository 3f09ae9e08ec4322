import { describe, expect, it } from 'vitest'
import { causeTreeOf } from '../timeline/cause-tree.ts'
import { readRecording, sizeProblem } from './read-recording.ts'
import { MOST_BYTES, type Recording, timelineOf } from './recording.ts'
import { withoutPeople } from './without-people.ts'

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const AT = Date.parse('2026-11-29T12:00:00Z')

function aDelivery(number: number): Recording['messages'][number]['deliveries'][number] {
  return {
    id: id(number),
    subscription: 'shop.charge',
    position: 0,
    state: 'succeeded',
    attempt: 1,
    maxAttempts: 5,
    dueAt: AT,
    startedAt: AT + 1,
    settledAt: AT + 5,
    lastError: null,
    reason: null,
    parkedReason: null,
    failures: [],
  }
}

function aMessage(number: number, changes: Partial<Recording['messages'][number]> = {}): Recording['messages'][number] {
  return {
    id: id(number),
    kind: 'event',
    name: 'shop.order-placed',
    version: 1,
    at: AT + number,
    causeId: null,
    causeDeliveryId: null,
    body: '{"total": 1.10}',
    deliveries: [aDelivery(number + 100)],
    ...changes,
  }
}

function aRecording(changes: Partial<Recording> = {}): Recording {
  return {
    busrec: 1,
    recordedAt: '2026-11-29T12:00:10.000Z',
    conversationId: id(1),
    at: AT + 10_000,
    isTruncated: false,
    messages: [aMessage(1), aMessage(2, { causeId: id(1), causeDeliveryId: id(101) })],
    processes: [],
    ...changes,
  }
}

const problemOf = (value: unknown) => {
  const read = readRecording(typeof value === 'string' ? value : JSON.stringify(value))
  return read.ok ? null : read.problem
}

describe('a recording', () => {
  it('is read as it was written, and drawn as the conversation that it was', () => {
    const read = readRecording(JSON.stringify(aRecording()))
    expect(read).toEqual({ ok: true, recording: aRecording() })
    const { nodes } = causeTreeOf(timelineOf(aRecording()))
    expect(nodes.map((each) => [each.level, each.kind])).toEqual([
      [1, 'message'],
      [2, 'delivery'],
      [3, 'message'],
      [4, 'delivery'],
    ])
  })

  it('of a newer kind says so, and which one this inspector reads', () => {
    expect(problemOf({ ...aRecording(), busrec: 2, messages: 'all different' })).toContain(
      'newer Waybill: its version is 2',
    )
  })

  it.each([
    ['', 'it is not JSON'],
    ['{"busrec": 1,', 'cut short'],
    ['null', 'no recording of a conversation'],
    ['[1, 2]', 'no recording of a conversation'],
    ['{"log": {"entries": []}}', 'no recording of a conversation'],
    ['{"busrec": "1"}', 'damaged at busrec'],
    ['{"busrec": 0}', 'damaged at busrec'],
  ])('%j is none: %s', (text, problem) => {
    expect(problemOf(text)).toContain(problem)
  })

  it('says where it is damaged', () => {
    const messages = [aMessage(1), { ...aMessage(2), deliveries: [{ ...aDelivery(5), state: 'on fire' }] }]
    expect(problemOf({ ...aRecording(), messages })).toContain('damaged at messages[1].deliveries[0].state')
    expect(problemOf({ ...aRecording(), messages: [] })).toContain('damaged at messages')
  })

  it.each([
    ['a time beyond all dates', aMessage(1, { at: 9e15 })],
    ['a time that is none', { ...aMessage(1), at: 'noon' }],
    ['an id that leads elsewhere', { ...aMessage(1), id: '../../login' }],
    ['a name without end', aMessage(1, { name: 'x'.repeat(10_000) })],
  ])('is refused with %s', (_, message) => {
    expect(problemOf({ ...aRecording(), messages: [message] })).toContain('damaged at messages[0]')
  })

  it('with what no view could draw is refused: an id twice, or a circle of causes', () => {
    expect(problemOf(aRecording({ messages: [aMessage(1), aMessage(1)] }))).toContain('is in it twice')
    const circle = [
      aMessage(1, { causeId: id(2), causeDeliveryId: id(102) }),
      aMessage(2, { causeId: id(1), causeDeliveryId: id(101) }),
      aMessage(3),
    ]
    expect(problemOf(aRecording({ messages: circle }))).toContain('is a cause of itself')
    expect(problemOf(aRecording({ messages: [aMessage(1, { causeId: id(1) })] }))).toContain('is a cause of itself')
  })

  it('nested more deeply than anybody writes is refused, and nothing breaks', () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
    const process = `{"process":"p","key":"k","version":1,"status":"running","state":${deep}}`
    const text = JSON.stringify(aRecording()).replace('"processes":[]', `"processes":[${process}]`)
    expect(problemOf(text)).toContain('damaged')
  })

  it('that is too large is not even read', () => {
    expect(sizeProblem(MOST_BYTES)).toBeNull()
    expect(sizeProblem(MOST_BYTES + 1)).toBe(
      'The file has 65 MB, and a recording has 64 MB at most. Nothing was opened.',
    )
  })
})

describe('what stands in a text from outside', () => {
  it.each([
    ['550 5.1.1 <anna.b+c@example.com>: no such user', '550 5.1.1 <••••>: no such user'],
    ['mailto:anna@example.com failed', 'mailto:•••• failed'],
    ['to "Ölga@exämple.de", not sent', 'to "••••", not sent'],
    ['SMS to +49 170 1234567 refused', 'SMS to •••• refused'],
    ['timeout after +30 s at 12:00', 'timeout after +30 s at 12:00'],
  ])('of people in %j is masked', (text, expected) => {
    expect(withoutPeople(text)).toBe(expected)
  })
})
