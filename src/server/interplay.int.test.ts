/** What handlers have to do with each other on a node, and with what the bus does for itself. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCommand, handle, handleOutside, type Module } from '../bus/index.ts'
import { createTestDatabase, type TestDatabase } from './database/testing.ts'
import { startNode, type TestNode } from './testing/nodes.ts'

const command = { version: 1, body: z.object({}), reply: z.object({}) }
const Hold = defineCommand('shop.hold', command)
const Limited = defineCommand('shop.limited', command)
const Quick = defineCommand('shop.quick', command)

describe('handlers that hold every connection there is for handlers', () => {
  let database: TestDatabase
  let nodes: TestNode[]
  let held: number
  let release: PromiseWithResolvers<void>

  const shop = (): Module => ({
    name: 'shop',
    messages: [Hold, Limited, Quick],
    subscriptions: [
      handle(Hold, { concurrency: 50 }, async (_, { tx }) => {
        await tx.query('SELECT 1')
        held += 1
        await release.promise
        return {}
      }),
      handleOutside(Limited, { rateLimit: { count: 100, perMs: 1_000 } }, async () => ({})),
      handleOutside(Quick, {}, async () => ({})),
    ],
  })
  const start = async () => {
    const node = await startNode(database.url, () => [shop()])
    nodes.push(node)
    return node
  }
  /** On a node of which eight are held, while as many again wait for them. */
  const startHeld = async () => {
    const node = await start()
    await Promise.all(Array.from({ length: 16 }, () => node.bus.send(Hold, {})))
    await expect.poll(() => held).toBe(8)
    return node
  }

  beforeEach(async () => {
    database = await createTestDatabase()
    nodes = []
    held = 0
    release = Promise.withResolvers()
  })
  afterEach(async () => {
    release.resolve()
    await Promise.all(nodes.map((node) => node.stop()))
    await database.drop()
  })

  it('O7, O8: keep nobody whose rate is limited, and no settings', async () => {
    const node = await startHeld()
    await node.bus.execute(Limited, {})
    const { handlerSettings, unitOfWork } = (await start()).storage
    await unitOfWork.run((tx) => handlerSettings.savePaused(tx, 'shop.quick', true, null))
    expect((await node.storage.handlerSettings.findAll()).get('shop.quick')?.isPaused).toBe(true)
  })

  it('Q1, O6: keep no reply, no word to other nodes, and no sign of life', async () => {
    const { storage } = await startHeld()
    const other = await start()
    const heard: unknown[] = []
    other.storage.wake.listen((topic) => void heard.push(topic))
    storage.wake.signal('work')
    await expect.poll(() => heard, { timeout: 2_000 }).toContain('work')
    expect(await storage.replies.findSettled([crypto.randomUUID()])).toEqual(new Map())
    await storage.nodes.beat({ host: 'here', pid: 1, role: 'all', version: '1' }, 16)
    expect(await storage.nodes.lead('test', 10_000)).toBe(true)
    expect(await storage.outages.list()).toEqual([])
    expect(held).toBe(8)
  })
})

it('R8: a handler past its time limit keeps no lock, also while the database is busy with its statement', async () => {
  const database = await createTestDatabase()
  const limits = { timeoutMs: 500, retry: { firstDelayMs: 10 } }
  const shop: Module = {
    name: 'shop',
    messages: [Hold],
    subscriptions: [
      handle(Hold, limits, async (_, { tx, attempt }) => {
        await tx.query('UPDATE stock SET attempts = attempts || $1::int', [attempt])
        if (attempt === 1) await tx.query('SELECT pg_sleep(60)')
        return {}
      }),
    ],
  }
  const node = await startNode(database.url, () => [shop])
  try {
    const { pool } = node.storage
    await pool.query(`CREATE TABLE stock AS SELECT ARRAY[]::int[] AS attempts`)
    await node.bus.execute(Hold, {}, { timeoutMs: 10_000 })
    expect((await pool.query('SELECT attempts FROM stock')).rows).toEqual([{ attempts: [2] }])
  } finally {
    await node.stop()
    await database.drop()
  }
})
