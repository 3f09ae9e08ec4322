import { describe, expect, it } from 'vitest'
import { attemptPath, readMessageAddress, writeMessageAddress } from './message-address.ts'

const read = (query: string) => readMessageAddress(new URLSearchParams(query))
const written = (query: string) => writeMessageAddress(read(query))
const NOTHING = { h: null, attempt: null, tab: null }

describe('the address of a message', () => {
  it('names a delivery, an attempt of it, and what of the payload is shown', () => {
    expect(read('h=d1&attempt=3&tab=raw')).toEqual({
      deliveryId: 'd1',
      attempt: 3,
      tab: 'Raw',
    })
    expect(written('h=d1&attempt=3&tab=raw')).toEqual({ h: 'd1', attempt: '3', tab: 'raw' })
    const path = attemptPath({ messageId: 'm1', deliveryId: 'd1', number: 3 })
    expect(written(path.split('?')[1]!)).toEqual({ h: 'd1', attempt: '3', tab: null })
  })

  it('leads from links of before to where that stands now', () => {
    expect(written('tab=metadata')).toEqual({ ...NOTHING, tab: 'metadata' })
    expect(written('tab=headers')).toEqual({ ...NOTHING, tab: 'headers' })
    expect(written('tab=differences')).toEqual({ ...NOTHING, tab: 'diff' })
    expect(written('tab=toString')).toEqual(NOTHING)
  })

  it('says nothing of what nobody chose, and takes nothing that makes no sense', () => {
    expect(written('')).toEqual(NOTHING)
    expect(written('tab=payload')).toEqual(NOTHING)
    expect(read('attempt=3').attempt).toBeNull()
    for (const attempt of ['0', '-1', '1.5', 'x', '1234567'])
      expect(read(`h=d1&attempt=${attempt}`)).toEqual({ deliveryId: 'd1', attempt: null, tab: 'Payload' })
    expect(read('h=&tab=other')).toEqual({
      deliveryId: null,
      attempt: null,
      tab: 'Payload',
    })
  })
})
