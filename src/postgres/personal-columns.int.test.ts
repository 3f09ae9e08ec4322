import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { createSealer, defineEvent, newId, type PersonalTable, subscribeOutside } from '../bus/index.ts'
import { createTestBus } from '../bus/testing/index.ts'
import { createTestDatabase, type TestDatabase } from '../server/database/testing.ts'
import { createPostgresStorage, type PrivateStorage } from './index.ts'

const TABLES: readonly PersonalTable[] = [
  {
    table: 'users',
    model: 'user',
    person: 'id',
    sealed: ['email', 'name', 'phone'],
    struckOut: ['email', 'name', 'phone'],
    exported: ['email'],
    title: 'account',
    onErasure: 'rows-removed',
  },
  {
    table: 'sessions',
    model: 'session',
    person: 'user_id',
    sealed: ['user_agent'],
    exported: [],
    title: 'sessions',
    onErasure: 'rows-removed',
  },
]

let database: TestDatabase
let storage: PrivateStorage

beforeEach(async () => {
  database = await createTestDatabase()
  storage = createPostgresStorage({
    url: database.url,
    node: 'test',
    poolSize: 4,
    maxAttemptsOf: () => 5,
    privacy: { sealer: createSealer('a secret for tests only, 32 chars'), tables: TABLES },
    onConnectionError: () => {},
  })
})
afterEach(async () => {
  await storage.stop()
  await database.drop()
})

const userOf = (id: string) => ({
  id,
  email: 'zaphod@example.com',
  emailKey: id,
  name: 'Zaphod',
  phone: '+41 1',
  passwordHash: 'x',
  signUpConversationId: id,
})
const stored = async () => {
  const { rows } = await storage.pool.query(
    'SELECT u.email, u.name, u.phone, s.user_agent FROM users AS u LEFT JOIN sessions AS s ON s.user_id = u.id',
  )
  return JSON.stringify(rows)
}
const IN_CLEAR = /zaphod|Zaphod|Beeblebrox|\+41|Firefox/

it('P1: what models write about people is sealed in the table, and read in clear', async () => {
  const id = newId()
  await storage.prisma.user.create({ data: userOf(id) })
  const session = { id: newId(), userId: id, tokenHash: 'x', expiresAt: new Date(), userAgent: 'Firefox' }
  await storage.prisma.session.create({ data: session })
  expect(await stored()).not.toMatch(IN_CLEAR)
  const found = await storage.prisma.session.findFirst({ where: { userId: id }, include: { user: true } })
  expect(found).toMatchObject({ userAgent: 'Firefox', user: { name: 'Zaphod', email: 'zaphod@example.com' } })
})

it('P1: also in the transaction of a handler, beside statements of its own', async () => {
  const id = newId()
  await storage.unitOfWork.run(async (tx) => {
    await (await tx.prisma()).user.create({ data: userOf(id) })
    await (await tx.prisma()).user.update({ where: { id }, data: { name: 'Beeblebrox', phone: null } })
    await tx.query('UPDATE users SET email = $2 WHERE id = $1', [id, await tx.personal.sealText(id, 'z@example.com')])
  })
  expect(await stored()).not.toMatch(IN_CLEAR)
  const user = await storage.prisma.user.findUnique({ where: { id } })
  expect(user).toMatchObject({ name: 'Beeblebrox', email: 'z@example.com', phone: null })
})

it('P4: what belonged to somebody who was erased is empty', async () => {
  const id = newId()
  await storage.prisma.user.create({ data: userOf(id) })
  await storage.unitOfWork.run((tx) => storage.personKeys.erase(tx, id))
  expect(await storage.prisma.user.findUnique({ where: { id } })).toMatchObject({ name: '', email: '' })
})

it('P9: what a handler read in a table about its person is struck out of its error', async () => {
  const Seen = defineEvent('ship.seen', { version: 1, subject: 'userId', body: z.object({ userId: z.uuid() }) })
  const ask = subscribeOutside(Seen, 'ship.ask', { retry: { maxAttempts: 1 } }, async ({ userId }) => {
    const { name } = await storage.prisma.user.findUniqueOrThrow({ where: { id: userId } })
    throw new Error(`Nobody called ${name.toUpperCase()} is on board.`)
  })
  const test = createTestBus(storage, [{ name: 'ship', messages: [Seen], subscriptions: [ask] }])
  const [id, stranger] = [newId(), newId()]
  await storage.prisma.user.create({ data: userOf(id) })
  await storage.prisma.user.create({ data: { ...userOf(stranger), name: 'Board' } })
  await test.bus.publish(Seen, { userId: id })
  expect(await test.drain()).toEqual(['dead'])
  const { rows } = await storage.pool.query('SELECT last_error FROM deliveries')
  expect(rows).toEqual([{ last_error: expect.stringContaining('Nobody called •••• is on board.') }])
  test.stop()
})
