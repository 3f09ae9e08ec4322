import { describe, expect, it } from 'vitest'
import { type ExportedDeadLetter, toCsv, toJson } from './dead-letters-export.ts'

const row: ExportedDeadLetter = {
  deliveryId: 'd1',
  messageId: 'm1',
  conversationId: 'c1',
  type: 'shop.order-placed',
  handler: 'shop.charge',
  key: 'order-8841',
  sentAt: '2026-01-01T12:00:00.000Z',
  diedAt: '2026-01-01T12:05:00.000Z',
  attempts: 5,
  fingerprint: 'f1',
  error: 'no card, "expired"',
  payload: '{"total":12345678901234567890,"card":"••••"}',
}

describe('dead letters as a file', () => {
  it('are a table for spreadsheets, in which nothing is a formula', () => {
    const [head, first, second, end] = toCsv([row, { ...row, key: '=HYPERLINK("x")', error: null }]).split('\r\n')
    expect(head).toMatch(/^\uFEFFdeliveryId,messageId,.*,payload$/)
    expect(first).toContain('"no card, ""expired"""')
    expect(second).toContain(`"'=HYPERLINK(""x"")"`)
    expect(end).toBe('')
  })

  it('are JSON with every digit', () => {
    const text = toJson([row])
    expect(text).toContain('"payload":{"total":12345678901234567890,')
    expect(JSON.parse(text)).toMatchObject([{ deliveryId: 'd1', attempts: 5, payload: { card: '••••' } }])
    expect(JSON.parse(toJson([]))).toEqual([])
  })
})
