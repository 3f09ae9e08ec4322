import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createRegistry, defineEvent, type Module, newId, subscribe } from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { startNode, type TestNode } from '../../server/testing/nodes.ts'
import { rollUpPage } from '../roll-up/roll-up.ts'
import { sampleQueues } from '../roll-up/sample.ts'
import { createHandlersQuery } from './handlers.ts'
import { createHealthQueries, type HealthQueries } from './overview.ts'

const Opened = defineEvent('shop.opened', { version: 1, body: z.object({ n: z.int() }) })
const HOUR = 3_600_000
/** Retried in half an hour: between now and then it waits. */
const later = { maxAttempts: 2, immediate: 0, firstDelayMs: HOUR / 2, factor: 1, maxDelayMs: HOUR / 2 }

const shop: Module = {
  name: 'shop',
  messages: [Opened],
  subscriptions: [
    subscribe(Opened, 'shop.greet', {}, async () => {}),
    subscribe(Opened, 'shop.fail', { retry: later, outage: null }, async ({ n }) => {
      if (n < 3) throw new Error('the till is closed')
    }),
    subscribe(Opened, 'shop.die', { retry: { maxAttempts: 1 }, outage: null }, async ({ n }) => {
      if (n === 0) throw new Error('the lamp is broken')
    }),
  ],
}

describe('what the overview tells', () => {
  let database: TestDatabase
  let node: TestNode
  let queries: HealthQueries

  beforeAll(async () => {
    database = await createTestDatabase()
    node = await startNode(database.url, () => [shop])
    const { pool, handlerSettings } = node.storage
    const clock = { now: () => new Date() }
    for (let n = 0; n < 10; n += 1) await node.bus.publish(Opened, { n })
    await vi.waitFor(async () => {
      const { rowCount } = await pool.query(`SELECT FROM deliveries WHERE state IN ('pending', 'running')`)
      if (rowCount !== 0) throw new Error(`${rowCount} are not handled yet.`)
    }, 10_000)
    while (await rollUpPage(pool));
    await sampleQueues(pool, [...shop.subscriptions.map((each) => each.name)])
    const handlers = createHandlersQuery({ pool, registry: createRegistry([shop]), handlerSettings, clock })
    queries = createHealthQueries({ people: { openText: async (name) => name }, pool, clock, handlers })
  })
  afterAll(async () => {
    await node.stop()
    await database.drop()
  })

  it('has the numbers of now, and what they were made of', async () => {
    const { cards, series, forecast, groups, isIncomplete } = await queries.overview('1h')
    expect(cards).toMatchObject({
      failing: { value: 2 },
      retrying: { value: 3, isMore: false, before: null },
      dead: { value: 1 },
      oldest: { value: 0 },
    })
    expect(cards.messages.value).toBeGreaterThan(0)
    const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0)
    expect([series.succeeded, series.failed, series.givenUp].map(sum)).toEqual([26, 3, 1])
    expect(series.p95.some((each) => each !== null)).toBe(true)
    expect(forecast).toMatchObject({ total: 3, isMore: false, worst: [{ subscription: 'shop.fail', count: 3 }] })
    expect(forecast.minutes.findIndex((each) => each > 0)).toBeGreaterThan(20)
    expect(groups).toMatchObject([{ subscription: 'shop.die', count: 1, lastError: 'the lamp is broken' }])
    expect(isIncomplete).toBe(false)
  })

  it('tells of each handler how it does', async () => {
    const [greet, fail, die] = await queries.handlersIn('15m')
    expect(greet).toMatchObject({ health: { attempts: 10, errorShare: 0, retryShare: 0 }, retrying: { count: 0 } })
    expect(greet!.health.percentiles!.max).toBeGreaterThanOrEqual(greet!.health.percentiles!.p50)
    expect(greet!.health.lastSuccessAt).not.toBeNull()
    expect(fail).toMatchObject({ health: { attempts: 10, errorShare: 0.3, retryShare: 0.3 }, retrying: { count: 3 } })
    expect(die).toMatchObject({ health: { attempts: 10, errorShare: 0.1, retryShare: 0 }, dead: { count: 1 } })
  })

  it('tells of one handler what it failed with, and of an unknown one nothing', async () => {
    const detail = await queries.handler({ name: 'shop.fail', range: '6h' })
    expect(detail).toMatchObject({ errors: [{ text: 'the till is closed', count: 3 }] })
    expect(await queries.handler({ name: 'shop.nobody', range: '6h' })).toBeNull()
  })

  it('tells at once that a handler is paused, to whoever has just looked at it, too', async () => {
    const { handlerSettings, unitOfWork } = node.storage
    const isPaused = async () => (await queries.handler({ name: 'shop.greet', range: '1h' }))!.handler.isPaused
    expect(await isPaused()).toBe(false)
    await unitOfWork.run((tx) => handlerSettings.savePaused(tx, 'shop.greet', true, newId()))
    expect(await isPaused()).toBe(true)
  })

  it('asks the database once, however many look', async () => {
    const asked = vi.spyOn(node.storage.pool, 'query')
    await Promise.all(Array.from({ length: 20 }, () => queries.overview('7d')))
    const once = asked.mock.calls.length
    await Promise.all(Array.from({ length: 50 }, () => queries.overview('7d')))
    expect(asked.mock.calls.length).toBe(once)
    expect(once).toBeLessThan(25)
    asked.mockRestore()
  })
})
