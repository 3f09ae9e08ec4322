import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Module, Storage, Tx } from '../bus/index.ts'
import { handle, subscriptionsOf } from '../bus/index.ts'
import { createTestBus, defineOrders, orderMessages } from '../bus/testing/index.ts'
import { createTestDatabase } from '../server/database/testing.ts'
import { openTestStorage } from '../server/testing/test-storage.ts'
import type { PostgresStorage } from './index.ts'

const { Ordered, Paid, Packed, Ship } = orderMessages

let database: Awaited<ReturnType<typeof createTestDatabase>>
let storage: PostgresStorage

beforeAll(async () => {
  database = await createTestDatabase()
  storage = openTestStorage(database.url)
})
afterAll(async () => {
  await storage.stop()
  await database.drop()
})

/** The storage, of which the k-th statement in a transaction ends the connection in which it runs. */
function cutAt(k: number): { storage: Storage; seen(): number } {
  let seen = 0
  const cutting = (tx: Tx): Tx => {
    const counted = async <T>(sent: Promise<T>): Promise<T> => {
      seen += 1
      const isLast = seen === k
      const answer = await sent
      if (isLast) await tx.query('SELECT pg_terminate_backend(pg_backend_pid())')
      return answer
    }
    const own: Partial<Tx> = {
      query: (statement, values) => counted(tx.query(statement, values)),
      last: (statement, values, toError) => counted(tx.last(statement, values, toError)),
    }
    return new Proxy(tx, {
      get: (target, property) => {
        const value: unknown = Reflect.get(own, property) ?? Reflect.get(target, property, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }
  const unitOfWork: Storage['unitOfWork'] = {
    run: (work, signal) => storage.unitOfWork.run((tx) => work(cutting(tx)), signal),
  }
  return { storage: { ...storage, unitOfWork }, seen: () => seen }
}

function shop(of: Storage): Module {
  const orders = defineOrders(3_600_000)
  return {
    name: 'shop',
    messages: [...Object.values(orderMessages), orders.timeOut],
    subscriptions: [...subscriptionsOf(orders, of.processes), handle(Ship, {}, async () => ({}))],
  }
}

/** Takes an order through all its steps; returns what is there at the end, and how many statements ran in between. */
async function shipOne(order: string, k: number) {
  const cut = cutAt(k)
  const calm = createTestBus(storage, [shop(storage)])
  const { drain, stop } = createTestBus(cut.storage, [shop(storage)])
  const ends = []
  await calm.bus.publish(Ordered, { order, name: 'Anna' })
  ends.push(...(await drain()))
  for (const message of [Paid, Packed]) {
    await calm.bus.publish(message, { order })
    ends.push(...(await drain()))
  }
  calm.stop()
  stop()
  const { rows } = await storage.pool.query<{ end: unknown }>(
    `SELECT jsonb_build_object(
       'state', p.state, 'status', p.status, 'version', p.version,
       'revisions', (SELECT jsonb_agg(r.version ORDER BY r.version) FROM process_revisions AS r WHERE r.process_key = p.key),
       'sent', (SELECT jsonb_agg(m.name ORDER BY m.name) FROM messages AS m WHERE m.body ->> 'order' = p.key OR m.body ->> 'key' = p.key)
     ) AS end FROM processes AS p WHERE p.key = $1`,
    [order],
  )
  return { end: rows[0]?.end, statements: cut.seen(), failures: ends.filter((each) => each === 'retrying').length }
}

it('S5: whichever statement of a step the connection dies after, the end is the same', async () => {
  const calm = await shipOne('calm', 0)
  expect(calm.end).toEqual({
    state: 'shipping',
    status: 'completed',
    version: 3,
    revisions: [1, 2, 3],
    sent: ['shop.ordered', 'shop.packed', 'shop.paid', 'shop.ship', 'shop.time-out-order'],
  })
  expect(calm.statements).toBeGreaterThan(12)
  for (let k = 1; k <= calm.statements; k += 1) {
    const { end, failures } = await shipOne(`cut-${k}`, k)
    expect(failures, `failures of the one that is cut after statement ${k}`).toBe(1)
    expect(end, `cut after statement ${k}`).toEqual(calm.end)
  }
})
