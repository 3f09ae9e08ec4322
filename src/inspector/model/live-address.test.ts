import { describe, expect, it } from 'vitest'
import { readLiveAddress, writeLiveAddress } from './live-address.ts'

const ID = '0199d6c2-7a51-7000-8000-000000000001'
const read = (query: Record<string, string>) => readLiveAddress(new URLSearchParams(query))
const NOTHING = { sel: null, h: null, panel: null, cols: null, sort: null, live: null }

describe('the address of the live list', () => {
  it('gives back what was written into it', () => {
    const query = { sel: ID, h: ID, panel: 'payload', cols: 'time,payload.total', sort: 'slowest', live: '0' }
    expect(writeLiveAddress(read(query))).toEqual(query)
  })

  it('says nothing of what nobody chose, and takes nothing that makes no sense', () => {
    expect(writeLiveAddress(read({}))).toEqual(NOTHING)
    const senseless = { sel: 'x', h: '', panel: 'other', sort: 'by-name', live: '1' }
    expect(writeLiveAddress(read(senseless))).toEqual(NOTHING)
  })

  it('says of the panel nothing where it is closed', () => {
    expect(writeLiveAddress({ ...read({ h: ID, panel: 'attempts' }), sel: null })).toEqual(NOTHING)
  })
})
