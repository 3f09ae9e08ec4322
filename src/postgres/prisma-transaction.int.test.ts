import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { PrismaClient } from '../../prisma/generated/client.ts'
import { defineCommand, handle } from '../bus/index.ts'
import { createTestBus, type TestBus } from '../bus/testing/index.ts'
import { createTestDatabase, type TestDatabase } from '../server/database/testing.ts'
import { openTestStorage } from '../server/testing/test-storage.ts'
import { createPostgresStorage, type PostgresStorage } from './index.ts'

const Tell = defineCommand('test.tell', { version: 1, body: z.object({ text: z.string() }), reply: z.null() })

let database: TestDatabase
let storage: PostgresStorage
let test: TestBus
const told: string[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  storage = openTestStorage(database.url)
  const handler = handle(Tell, {}, async ({ text }) => {
    told.push(text)
    return null
  })
  test = createTestBus(storage, [{ name: 'test', messages: [Tell], subscriptions: [handler] }])
})
afterAll(async () => {
  test.stop()
  await storage.stop()
  await database.drop()
})

const day = new Date('2026-01-01')

it("D1: a message sent within the caller's own Prisma transaction commits with it, and wakes who waits", async () => {
  const woken: string[] = []
  const stopListening = storage.wake.listen((topic) => woken.push(topic))
  await storage.prisma.$transaction(async (prisma) => {
    await prisma.signUpCount.create({ data: { day } })
    await test.bus.send(Tell, { text: 'a "quoted" {text}, or \\ two' }, { tx: storage.within(prisma) })
    expect(await test.drain()).toEqual([])
    expect(woken).toEqual([])
  })
  await expect.poll(() => woken).toEqual(['work'])
  stopListening()
  expect(await test.drain()).toEqual(['succeeded'])
  expect(told).toEqual(['a "quoted" {text}, or \\ two'])
})

it("D1: and is gone with the caller's rows when that is rolled back", async () => {
  const rolledBack = storage.prisma.$transaction(async (prisma) => {
    await test.bus.send(Tell, { text: 'never' }, { tx: storage.within(prisma) })
    throw new Error('changed my mind')
  })
  await expect(rolledBack).rejects.toThrow('changed my mind')
  expect(await test.drain()).toEqual([])
})

it('a transaction of another Prisma client is refused, for its connection is unknown', async () => {
  const other = createPostgresStorage({
    url: database.url,
    node: 'other',
    poolSize: 1,
    maxAttemptsOf: () => 5,
    onConnectionError: () => {},
  })
  const foreign = new PrismaClient({ adapter: new PrismaPg(other.pool) })
  await expect(foreign.$transaction(async (prisma) => storage.within(prisma))).rejects.toThrow(/was not begun with/)
  await foreign.$disconnect()
  await other.stop()
})
