import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAddress, VIEWS, writeAddress } from './address.ts'
import { COLUMNS } from './delivery-table.ts'
import { LANE_KINDS } from './sequence.ts'

const untouched = readAddress(new URLSearchParams())
const anyZoom = fc
  .tuple(fc.nat(1_000), fc.integer({ min: 1, max: 1_000 }))
  .map(([from, ms]) => [from, from + ms] as const)
const anyAddress = fc.record({
  view: fc.constantFrom(...VIEWS),
  selected: fc.option(fc.uuid()),
  t: fc.option(fc.nat(1_000_000)),
  zoom: fc.option(anyZoom),
  folded: fc.array(fc.constantFrom('0a1b2c3d', '11112222')).map((each) => new Set(each)),
  hidden: fc.array(fc.constantFrom('audit.record', 'accounts.create-user')).map((each) => new Set(each)),
  errorsOnly: fc.boolean(),
  foldsIdle: fc.boolean(),
  showsPath: fc.boolean(),
  sort: fc.option(fc.record({ column: fc.constantFrom(...COLUMNS), isDescending: fc.boolean() })),
  lanes: fc.constantFrom(...LANE_KINDS),
})

describe('the address of a conversation', () => {
  it('says nothing of what was not touched', () => {
    expect(new Set(Object.values(writeAddress(untouched)))).toEqual(new Set([null]))
  })

  it('gives back what was written into it', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        const written = Object.entries(writeAddress(address)).filter(
          (each): each is [string, string] => each[1] !== null,
        )
        expect(readAddress(new URLSearchParams(written))).toEqual(address)
      }),
    )
  })

  it.each(['view=pie', 't=-1', 't=soon', 'zoom=9-3', 'zoom=1', 'zoom=', 'fold=', 'idle=yes', 'sort=-', 'lanes=all'])(
    'leaves out %s',
    (query) => {
      expect(readAddress(new URLSearchParams(query))).toEqual(untouched)
    },
  )
})
