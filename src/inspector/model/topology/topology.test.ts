import { describe, expect, it, vi } from 'vitest'
import { readAddress, writeAddress } from './address.ts'
import { foldedAtFirst, graphOf, isAnythingSeen, modulesOf } from './graph.ts'
import { LiveNodes, statesOf } from './live.ts'
import { largeTopology } from './testing/large.ts'
import type { Topology } from './topology.ts'

const type = (name: string, kind: 'command' | 'event', sent = 0) => ({
  name,
  kind,
  sent,
  fromOutside: 0,
  isKnown: true,
})
const handler = (name: string, dead = 0) => ({
  ...{ name, dead, attempts: 5, retrying: 0 },
  ...{ isPaused: false, isKnown: true },
})
const shop: Topology = {
  types: [type('shop.order', 'command', 3), type('shop.ordered', 'event', 3), type('post.send', 'command')],
  handlers: [handler('shop.order'), handler('post.on-ordered', 2), handler('post.send')],
  recurring: [],
  routes: [
    { from: 't:shop.order', to: 'h:shop.order', count: 3, status: 'seen' },
    { from: 'h:shop.order', to: 't:shop.ordered', count: 3, status: 'seen' },
    { from: 't:shop.ordered', to: 'h:post.on-ordered', count: 0, status: 'declared' },
    { from: 'h:post.on-ordered', to: 't:post.send', count: 1, status: 'undeclared' },
    { from: 't:post.send', to: 'h:post.send', count: 1, status: 'seen' },
  ],
  isIncomplete: false,
}
const all = { folded: new Set<string>(), focus: null, depth: 1, isSeenOnly: false }
const ids = (graph: ReturnType<typeof graphOf>) => graph.nodes.map((each) => each.id)

describe('the map', () => {
  it('shows everything at first', () => {
    const graph = graphOf(shop, all)
    expect(graph.nodes).toHaveLength(6)
    expect(graph.edges).toHaveLength(5)
    expect(modulesOf(shop)).toEqual(['post', 'shop'])
  })

  it('makes one node of a folded module, with the routes across its border only', () => {
    const graph = graphOf(shop, { ...all, folded: new Set(['post']) })
    expect(ids(graph)).toEqual(['t:shop.order', 't:shop.ordered', 'h:shop.order', 'm:post'])
    expect(graph.edges.at(-1)).toMatchObject({ from: 't:shop.ordered', to: 'm:post', status: 'declared' })
    expect(graphOf(shop, { ...all, folded: new Set(['post', 'shop']) }).edges).toEqual([
      { id: 'm:shop m:post', from: 'm:shop', to: 'm:post', status: 'declared', count: 0 },
    ])
  })

  it('leaves out what nothing went along, but not around what one looks at', () => {
    const quiet = { ...shop, types: [...shop.types, type('shop.cancel', 'command')] }
    const seen = graphOf(quiet, { ...all, isSeenOnly: true })
    expect(ids(seen)).not.toContain('t:shop.cancel')
    expect(ids(seen)).toContain('h:post.on-ordered')
    expect(seen.edges.map((each) => each.status)).toEqual(['seen', 'seen', 'undeclared', 'seen'])
    expect(graphOf(quiet, { ...all, focus: 't:shop.ordered', isSeenOnly: true }).edges).toHaveLength(2)
    expect(isAnythingSeen(quiet)).toBe(true)
    expect(isAnythingSeen({ ...quiet, routes: [] })).toBe(false)
  })

  it('folds at first what is machinery, and what only listens', () => {
    const { types, handlers } = shop
    const more = { types: [...types, type('bus.died', 'event')], handlers: [...handlers, handler('log.on-ordered')] }
    expect(foldedAtFirst({ ...shop, ...more })).toEqual(['bus', 'log'])
  })

  it('shows what is near the focus, whichever way the arrows point', () => {
    expect(ids(graphOf(shop, { ...all, focus: 't:shop.ordered' }))).toEqual([
      't:shop.ordered',
      'h:shop.order',
      'h:post.on-ordered',
    ])
    expect(graphOf(shop, { ...all, focus: 't:shop.ordered', depth: 2 }).nodes).toHaveLength(5)
    expect(graphOf(shop, { ...all, focus: 't:not.there' }).nodes).toHaveLength(6)
  })

  it('never hides the focus in its folded module', () => {
    const graph = graphOf(shop, {
      folded: new Set(['post', 'shop']),
      focus: 't:shop.ordered',
      depth: 1,
      isSeenOnly: false,
    })
    expect(ids(graph)).toEqual(['t:shop.ordered', 'h:shop.order', 'm:post'])
  })

  it('has a generator of large ones, whose ends all exist', () => {
    const graph = graphOf(largeTopology(300), all)
    expect(graph.nodes).toHaveLength(600)
    const known = new Set(ids(graph))
    expect(graph.edges.filter((each) => !known.has(each.from) || !known.has(each.to))).toEqual([])
  })
})

describe('live state of nodes', () => {
  it('tells only those whose state has changed', () => {
    const live = new LiveNodes()
    live.set(statesOf(shop))
    const changed = vi.fn()
    const other = vi.fn()
    live.subscribe('h:post.send', changed)
    const stop = live.subscribe('h:shop.order', other)
    live.set(statesOf({ ...shop, handlers: [handler('shop.order'), handler('post.send', 1)] }))
    expect(changed).toHaveBeenCalledOnce()
    expect(other).not.toHaveBeenCalled()
    expect(live.get('h:post.send')).toEqual({ words: '1 dead', tone: 'dead' })
    stop()
    live.set(new Map([['h:shop.order', { words: 'paused', tone: 'paused' }]]))
    expect(other).not.toHaveBeenCalled()
  })

  it('says of a module what is worst in it', () => {
    expect(statesOf(shop).get('m:post')).toEqual({ words: '1 type, 2 handlers, 2 dead', tone: 'dead' })
  })
})

describe('the address of the map', () => {
  it('reads what it wrote, and leaves out what nobody chose', () => {
    const address = { focus: 't:shop.order', depth: 3, fold: ['bus'], view: 'table', show: 'all' } as const
    const written = writeAddress({ ...address, fold: [...address.fold] })
    expect(written).toEqual({ ...address, depth: '3', fold: 'bus' })
    expect(readAddress(new URLSearchParams(written as Record<string, string>))).toEqual(address)
    const senseless = readAddress(new URLSearchParams('depth=99&view=cube&show=some'))
    expect(new Set(Object.values(writeAddress(senseless)))).toEqual(new Set([null]))
  })
})
