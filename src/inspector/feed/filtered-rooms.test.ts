import { describe, expect, it } from 'vitest'
import { matches } from '../model/filter/predicate.ts'
import { aDelivery, aMessage } from '../model/testing/views.ts'
import type { MessageRow } from '../model/view.ts'
import type { InspectorQueries } from '../queries.ts'
import { FilteredRooms } from './filtered-rooms.ts'

/** What is stored, by id. */
function over(stored: Map<string, MessageRow>): FilteredRooms {
  const queries: Pick<InspectorQueries, 'messages' | 'fitting'> = {
    messages: (ids) => Promise.resolve(ids.flatMap((id) => stored.get(id) ?? [])),
    fitting: (clauses, messages) =>
      Promise.resolve(messages.filter((message) => matches(clauses, { message }, Date.now()))),
  }
  return new FilteredRooms(queries as InspectorQueries)
}

const page = (messages: MessageRow[], deliveries = [] as MessageRow['deliveries']) => ({
  messages,
  deliveries,
  cursor: '1:1:',
  complete: true,
})

describe('a room with a filter', () => {
  const keys = ['live', 'live:state:running', 'conversation:c1']

  it('is told of what fits alone, also when it began to fit with a change', async () => {
    const running = aDelivery('m1', 'd1', { state: 'running', revision: 1 })
    const stored = new Map([['m1', aMessage('m1', [running])]])
    const rooms = over(stored)
    expect(await rooms.choose(keys, page([aMessage('m1', [aDelivery('m1', 'd1')]), aMessage('m2')]))).toEqual([
      { key: 'live:state:running', messages: [], deliveries: [] },
    ])
    const [told] = await rooms.choose(keys, page([], [running]))
    expect(told?.messages).toEqual([stored.get('m1')])
  })

  it('is told once more of what it shows and what no longer fits, and not of what it never showed', async () => {
    const done = (id: string) => aDelivery(id, `${id}-d`, { state: 'succeeded', revision: 2 })
    const rooms = over(new Map(['m1', 'm2', 'm3'].map((id) => [id, aMessage(id, [done(id)])])))
    const running = aMessage('m1', [aDelivery('m1', 'm1-d', { state: 'running' })])
    rooms.remember('live:state:running', [aMessage('m3')])
    await rooms.choose(keys, page([running]))
    const [told] = await rooms.choose(keys, page([], [done('m1'), done('m2'), done('m3')]))
    expect(told).toEqual({ key: 'live:state:running', messages: [], deliveries: [done('m1'), done('m3')] })
  })

  it('is forgotten when its last viewer has gone', async () => {
    const rooms = over(new Map([['m1', aMessage('m1')]]))
    rooms.remember('live:state:running', [aMessage('m1')])
    expect(await rooms.choose(['live'], page([aMessage('m1')]))).toEqual([])
    const change = aDelivery('m1', 'd1', { revision: 1 })
    expect(await rooms.choose(keys, page([], [change]))).toMatchObject([{ deliveries: [] }])
  })
})
