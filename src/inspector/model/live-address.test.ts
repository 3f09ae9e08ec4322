import { describe, expect, it } from 'vitest'
import { liveAddressOf, writeLiveAddress } from './live-address.ts'

const ID = '0199d6c2-7a51-7000-8000-000000000001'
const NOTHING = { sel: null, h: null, panel: null, cols: null, sort: null, live: null }

describe('the address of the live list', () => {
  it('gives back what was written into it', () => {
    const query = { sel: ID, h: ID, panel: 'payload', cols: 'time,payload.total', sort: 'slowest', live: '0' }
    expect(writeLiveAddress(liveAddressOf(query))).toEqual(query)
  })

  it('says nothing of what nobody chose, and takes nothing that makes no sense', () => {
    expect(writeLiveAddress(liveAddressOf({}))).toEqual(NOTHING)
    const senseless = { sel: 'x', h: [ID], panel: 'other', sort: 'by-name', live: '1' }
    expect(writeLiveAddress(liveAddressOf(senseless))).toEqual(NOTHING)
  })

  it('says of the panel nothing where it is closed', () => {
    expect(writeLiveAddress({ ...liveAddressOf({ h: ID, panel: 'attempts' }), sel: null })).toEqual(NOTHING)
  })
})
