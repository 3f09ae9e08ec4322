/** What handlers have to do with each other on a node, and with what the bus does for itself. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { alwaysRunning, defineCommand, handle, handleOutside, type Module } from '../bus/index.ts'
import { createTestDatabase, type TestDatabase } from './database/testing.ts'
import { startNode, type TestNode } from './testing/nodes.ts'

const command = { version: 1, body: z.object({}), reply: z.object({}) }
const Hold = defineCommand('shop.hold', command)
const Limited = defineCommand('shop.limited', command)
const Quick = defineCommand('shop.quick', command)
const LetIn = defineCommand('shop.let-in', command)

const POOL_SIZE = 10
/** The others are for pages, and for handlers that always run. */
const FOR_HANDLERS = 8

describe('handlers that hold every connection there is for handlers', () => {
  let database: TestDatabase
  let nodes: TestNode[]
  let held: number
  let release: PromiseWithResolvers<void>

  const shop = (): Module => ({
    name: 'shop',
    messages: [Hold, Limited, Quick, LetIn],
    subscriptions: [
      handle(Hold, { concurrency: 50 }, async (_, { tx }) => {
        await tx.query('SELECT 1')
        held += 1
        await release.promise
        return {}
      }),
      handleOutside(Limited, { rateLimit: { count: 100, perMs: 1_000 } }, async () => ({})),
      handleOutside(Quick, {}, async () => ({})),
      alwaysRunning(
        handle(LetIn, {}, async (_, { tx }) => {
          await tx.query('SELECT 1')
          return {}
        }),
        'Nobody could log in.',
      ),
    ],
  })
  const start = async () => {
    const node = await startNode(database.url, () => [shop()], {}, { poolSize: POOL_SIZE })
    nodes.push(node)
    return node
  }
  /** On a node of which all are held, while four times as many wait for them. */
  const startHeld = async () => {
    const node = await start()
    await Promise.all(Array.from({ length: 40 }, () => node.bus.send(Hold, {})))
    await expect.poll(() => held).toBe(FOR_HANDLERS)
    return node
  }

  it('O8: keep nobody who opens a page, logs in, or sends something', async () => {
    const { bus, storage } = await startHeld()
    await storage.pool.query('SELECT 1')
    await storage.prisma.user.count()
    await storage.prisma.$transaction(async (prisma) => {
      await prisma.user.count()
      await bus.send(Quick, {}, { tx: storage.within(prisma) })
    })
    await bus.send(Quick, {}, { idempotencyKey: 'once' })
    await bus.execute(LetIn, {})
    await storage.nodes.beat({ host: 'here', pid: 1, role: 'all', version: '1' }, 40)
    expect(held).toBe(FOR_HANDLERS)
  })

  it('O8: let the others go on in their turn', async () => {
    await startHeld()
    release.resolve()
    await expect.poll(() => held).toBe(40)
  })

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
    expect(held).toBe(FOR_HANDLERS)
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
