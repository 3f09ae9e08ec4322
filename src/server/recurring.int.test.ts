import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCommand, handle, type Module, newId, type Recurring, recurring } from '../bus/index.ts'
import { createAccountsModule } from '../modules/accounts/index.ts'
import { PurgeExpired } from '../modules/accounts/messages.ts'
import { Scheduler } from '../runtime/index.ts'
import { createTestDatabase, type TestDatabase } from './database/testing.ts'
import { startNode, type TestNode } from './testing/nodes.ts'

const Tick = defineCommand('shop.tick', { version: 1, body: z.object({ at: z.string() }), reply: z.object({}) })
const eachSecond = recurring('shop.each-second', { cron: '* * * * * *', timeZone: 'UTC' }, Tick, (dueAt) => ({
  at: dueAt.toISOString(),
}))
const shop: Module = { name: 'shop', messages: [Tick], subscriptions: [handle(Tick, {}, async () => ({}))] }

describe('T5: recurring messages', () => {
  let database: TestDatabase
  let nodes: TestNode[]
  let schedulers: Scheduler[]
  const clock = { now: () => new Date() }

  const start = async (module: Module, what: Recurring[], now = clock.now) => {
    const node = await startNode(database.url, () => [module])
    const { bus, storage } = node
    const errors: unknown[] = []
    const scheduler = new Scheduler({
      recurring: what,
      store: storage.recurring,
      unitOfWork: storage.unitOfWork,
      bus,
      clock: { now },
      onError: (error) => errors.push(error),
    })
    scheduler.start()
    nodes.push(node)
    schedulers.push(scheduler)
    return { ...node, scheduler, errors }
  }
  const sent = async ({ storage }: TestNode) => {
    const { rows } = await storage.pool.query<{ at: string; state: string }>(
      `SELECT m.body->>'at' AS at, d.state FROM messages AS m JOIN deliveries AS d ON d.message_id = m.id ORDER BY 1`,
    )
    return rows
  }

  beforeEach(async () => {
    database = await createTestDatabase()
    nodes = []
    schedulers = []
  })
  afterEach(async () => {
    await Promise.all(schedulers.map((each) => each.stop()))
    await Promise.all(nodes.map((each) => each.stop()))
    await database.drop()
  })

  it('are sent once for each due time, however many nodes look', async () => {
    const all = await Promise.all(Array.from({ length: 3 }, () => start(shop, [eachSecond])))
    await expect.poll(async () => (await sent(all[0]!)).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(4)
    const times = (await sent(all[0]!)).map((each) => each.at)
    expect(new Set(times).size).toBe(times.length)
    expect(all.flatMap((each) => each.errors)).toEqual([])
  })

  it('that were due while no node ran are sent once, for the last due time', async () => {
    const daily = recurring('shop.daily', { cron: '0 0 * * *', timeZone: 'UTC' }, Tick, (dueAt) => ({
      at: dueAt.toISOString(),
    }))
    const first = await start(shop, [daily])
    await expect.poll(async () => (await first.storage.recurring.findAll()).size).toBe(1)
    await first.scheduler.stop()
    expect(await sent(first)).toEqual([])
    const longAgo = new Date(Date.now() - 10 * 24 * 3_600_000)
    await first.storage.pool.query('UPDATE recurring_messages SET last_due_at = $1', [longAgo])
    const second = await start(shop, [daily])
    const midnight = new Date(new Date().setUTCHours(0, 0, 0, 0)).toISOString()
    await expect.poll(() => sent(second)).toEqual([{ at: midnight, state: 'succeeded' }])
    const known = await second.storage.recurring.findAll()
    expect(known.get('shop.daily')).toMatchObject({ lastDueAt: new Date(midnight), lastMessageId: expect.any(String) })
  })

  it('that cannot be sent keep no others, and are tried again', async () => {
    let isBroken = true
    const broken = recurring('shop.broken', { cron: '* * * * * *', timeZone: 'UTC' }, Tick, () => {
      if (isBroken) throw new Error('no body')
      return { at: 'mended' }
    })
    const node = await start(shop, [broken, eachSecond])
    await expect.poll(async () => (await sent(node)).length).toBeGreaterThanOrEqual(2)
    expect((await sent(node)).map((each) => each.at)).not.toContain('mended')
    expect(node.errors).toContainEqual(new Error('no body'))
    isBroken = false
    await expect.poll(async () => (await sent(node)).map((each) => each.at)).toContain('mended')
  })

  it('are not sent early by a node whose clock is ahead', async () => {
    const hourly = recurring('shop.hourly', { cron: '0 * * * *', timeZone: 'UTC' }, Tick, () => ({ at: 'now' }))
    const node = await start(shop, [hourly], () => new Date(Date.now() + 2 * 3_600_000))
    await expect.poll(async () => (await node.storage.recurring.findAll()).size).toBe(1)
    await node.scheduler.stop()
    expect(await sent(node)).toEqual([])
    expect(node.errors).toEqual([])
  })

  it('of accounts remove sessions that have expired and links long after they have, every night', async () => {
    const accounts = createAccountsModule({
      clock,
      firstAccountIsOperator: false,
      operatorEmails: [],
      secret: 'of nothing here',
      keys: { withdraw: async () => {} },
    })
    expect(accounts.recurring?.map((each) => [each.message.name, each.cron])).toEqual([
      ['accounts.purge-expired-sessions', '30 3 * * *'],
    ])
    const { bus, storage } = await start(accounts, [])
    const { prisma } = storage
    const days = (count: number) => new Date(Date.now() + count * 24 * 3_600_000)
    const user = { email: 'a@example.com', emailKey: 'a@example.com', name: 'A', passwordHash: 'x' }
    const { id: userId } = await prisma.user.create({ data: { ...user, id: newId(), signUpConversationId: newId() } })
    for (const [name, ends] of Object.entries({ gone: -1, open: 1 })) {
      await prisma.session.create({ data: { id: newId(), userId, tokenHash: name, expiresAt: days(ends) } })
    }
    for (const [name, ends] of Object.entries({ stale: -31, late: -1, fresh: 7 })) {
      const link = { id: newId(), userId, emailKey: user.emailKey, tokenHash: name, expiresAt: days(ends) }
      await prisma.emailConfirmation.create({ data: link })
    }
    for (const [name, ends] of Object.entries({ used: -1, open: 1 })) {
      const reset = { id: newId(), userId, tokenHash: name, expiresAt: days(ends) }
      await prisma.passwordReset.create({ data: reset })
    }
    const { reply } = await bus.execute(PurgeExpired, { expiredBy: clock.now().toISOString() })
    expect(reply).toEqual({ sessions: 1, confirmations: 1, requests: 1 })
    expect((await prisma.session.findMany()).map((each) => each.tokenHash)).toEqual(['open'])
    expect((await prisma.emailConfirmation.findMany()).map((each) => each.tokenHash).sort()).toEqual(['fresh', 'late'])
  })
})
