import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createCatalog, planDeliveries } from './catalog.ts'
import { subscribe } from './handlers.ts'
import { defineCommand, defineEvent } from './message.ts'
import { createRegistry } from './registry.ts'
import { createSealer } from './sealing.ts'

const V1 = defineEvent('shop.sold', { version: 1, body: z.object({ price: z.string() }) })
const V2 = defineEvent('shop.sold', {
  version: 2,
  body: z.object({ cents: z.int() }),
  upcast: { 1: ({ price }) => ({ cents: Number(price) * 100 }) },
})
const V3 = defineEvent('shop.sold', {
  version: 3,
  body: z.object({ cents: z.int(), currency: z.string() }),
  upcast: { 2: ({ cents }) => ({ cents: Number(cents), currency: 'CHF' }) },
})
const sealer = createSealer('a secret for tests only, 32 chars')
const stored = (version: number, body: unknown) => ({ name: 'shop.sold', version, body })

describe('a body of another version', () => {
  it('C8: takes the way by the versions in between', () => {
    const catalog = createCatalog([V1, V2, V3], sealer)
    expect(catalog.decode(stored(1, { price: '3' }), V3).body).toEqual({ cents: 300, currency: 'CHF' })
    expect(catalog.decode(stored(2, { cents: 5 }), V3).body).toEqual({ cents: 5, currency: 'CHF' })
    expect(catalog.decode(stored(1, { price: '3' })).body).toEqual({ price: '3' })
  })

  it('C8: says where the way ends', () => {
    const catalog = createCatalog([V1, V3], sealer)
    expect(() => catalog.decode(stored(1, { price: '3' }), V3)).toThrow(/no upcaster that leads there from version 1/)
  })

  it('C8: must be what the wanted version says', () => {
    const catalog = createCatalog([V1, V2], sealer)
    expect(() => catalog.decode(stored(1, { price: 'three' }), V2)).toThrow(
      /What its upcasters make of it is no shop\.sold v2: .*cents/,
    )
  })

  it('C10: is not made older', () => {
    const catalog = createCatalog([V1, V2], sealer)
    expect(() => catalog.decode(stored(2, { cents: 5 }), V1)).toThrow(/version 2 of shop\.sold.*no later one than 1/)
  })

  it('C8: gives a filter the version that its subscription declares', () => {
    const skip = ({ cents }: { cents: number }) => (cents > 100 ? null : 'cheap')
    const registry = createRegistry([
      { name: 'shop', messages: [V1, V2], subscriptions: [subscribe(V2, 'shop.count', { skip }, async () => {})] },
    ])
    const catalog = createCatalog(registry.definitions, sealer)
    const plan = (price: string) => planDeliveries({ registry, catalog }, V1, { price }, null)
    expect(plan('0.5')).toMatchObject([{ skipReason: 'cheap', parkedReason: null }])
    expect(plan('2')).toMatchObject([{ skipReason: null, parkedReason: null }])
    expect(plan('two')).toMatchObject([{ skipReason: null, parkedReason: expect.stringContaining('cents') }])
  })
})

describe('the versions of a message', () => {
  it('are each declared once, and of one kind', () => {
    const again = defineEvent('shop.sold', { version: 1, body: z.object({}) })
    const command = defineCommand('shop.sold', { version: 2, body: z.object({}), reply: z.object({}) })
    const build = (messages: (typeof V1 | typeof again | typeof command)[]) => () =>
      createRegistry([{ name: 'shop', messages, subscriptions: [] }])
    expect(build([V1, again])).toThrow(/shop\.sold v1 is declared twice/)
    expect(build([V1, command])).toThrow(/a command in one version and an event in another/)
  })
})
