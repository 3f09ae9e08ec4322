import { describe, expect, it } from 'vitest'
import { aMessage } from '../testing/views.ts'
import { headersAsJson, headersOf } from './headers.ts'

const FIRST = {
  ...aMessage('m1'),
  cause: null,
  subjectId: null,
  idempotencyKey: null,
  dueAt: aMessage('m1').occurredAt,
  expiresAt: null,
}
const LATER = {
  ...FIRST,
  version: 2,
  causationId: 'm0',
  causationDeliveryId: 'd0',
  cause: { messageId: 'm0', name: 'shop.order', kind: 'command' as const, subscription: 'shop.place' },
  key: 'order 7',
  subjectId: 'p1',
  idempotencyKey: 'once',
  dueAt: null,
  expiresAt: '2026-01-02T00:00:00.000Z',
}
const header = (message: typeof FIRST | typeof LATER, field: string) =>
  headersOf(message).find((each) => each.field === field)

describe('headers', () => {
  it('are all that travels with a message, also what it was sent without', () => {
    expect(headersOf(FIRST).map((each) => each.field)).toEqual(headersOf(LATER).map((each) => each.field))
    expect(header(FIRST, 'causationId')).toMatchObject({
      value: null,
      href: null,
      note: expect.stringContaining('began'),
    })
    expect(header(FIRST, 'dueAt')).toMatchObject({ value: FIRST.occurredAt, note: 'at once' })
    expect(header(FIRST, 'expiresAt')).toMatchObject({ value: null, note: 'it never gets stale' })
  })

  it('lead to what they name', () => {
    expect(header(LATER, 'causationId')).toMatchObject({ value: 'm0', href: '/inspector/m/m0', note: 'shop.order' })
    expect(header(LATER, 'causationDeliveryId')).toMatchObject({
      value: 'd0',
      href: '/inspector/m/m0?h=d0',
      note: 'shop.place',
    })
    expect(header(LATER, 'key')?.href).toBe('/inspector/key/order%207')
    expect(header(LATER, 'dueAt')).toMatchObject({ value: null, note: expect.stringContaining('tried again') })
    // Its cause was removed meanwhile.
    expect(header({ ...LATER, cause: null as never }, 'causationId')).toMatchObject({ value: 'm0', href: null })
  })

  it('are taken along as an envelope has them', () => {
    expect(JSON.parse(headersAsJson(LATER))).toEqual({
      messageId: 'm1',
      kind: 'event',
      name: 'test.happened',
      version: 2,
      conversationId: 'c1',
      causationId: 'm0',
      causationDeliveryId: 'd0',
      key: 'order 7',
      subjectId: 'p1',
      idempotencyKey: 'once',
      occurredAt: LATER.occurredAt,
      dueAt: null,
      expiresAt: LATER.expiresAt,
    })
  })
})
