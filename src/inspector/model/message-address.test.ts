import { describe, expect, it } from 'vitest'
import { attemptPath, messageAddressOf, writeMessageAddress } from './message-address.ts'

const written = (query: string, address = messageAddressOf(Object.fromEntries(new URLSearchParams(query)))) => {
  const params = new URLSearchParams('follow=k')
  writeMessageAddress(address, params)
  return params.toString()
}

describe('the address of a message', () => {
  it('names a delivery, an attempt of it, and what of the payload is shown', () => {
    expect(messageAddressOf({ h: 'd1', attempt: '3', tab: 'raw' })).toEqual({
      deliveryId: 'd1',
      attempt: 3,
      tab: 'Raw',
    })
    expect(written('h=d1&attempt=3&tab=raw')).toBe('follow=k&h=d1&attempt=3&tab=raw')
    const path = attemptPath({ messageId: 'm1', deliveryId: 'd1', number: 3 })
    expect(written(path.split('?')[1]!)).toBe('follow=k&h=d1&attempt=3')
  })

  it('says nothing of what nobody chose, and takes nothing that makes no sense', () => {
    expect(written('')).toBe('follow=k')
    expect(written('tab=payload')).toBe('follow=k')
    expect(messageAddressOf({ attempt: '3' }).attempt).toBeNull()
    for (const attempt of ['0', '-1', '1.5', 'x', '1234567'])
      expect(messageAddressOf({ h: 'd1', attempt })).toEqual({ deliveryId: 'd1', attempt: null, tab: 'Payload' })
    expect(messageAddressOf({ h: ['a', 'b'], tab: 'other' })).toEqual({
      deliveryId: null,
      attempt: null,
      tab: 'Payload',
    })
  })
})
