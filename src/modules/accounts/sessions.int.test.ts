import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newId } from '../../bus/index.ts'
import type { PostgresStorage } from '../../postgres/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { openTestStorage } from '../../server/testing/test-storage.ts'
import { createSessions, SESSION_SECONDS } from './sessions.ts'
import { SESSION_IDLE_SECONDS } from './store.ts'

let database: TestDatabase
let storage: PostgresStorage

beforeAll(async () => {
  database = await createTestDatabase()
  storage = openTestStorage(database.url, { poolSize: 2, maxAttemptsOf: () => 1 })
})
afterAll(async () => {
  await storage.stop()
  await database.drop()
})

const DAY_MS = 86_400_000

async function setup() {
  const clock = { time: Date.now(), now: () => new Date(clock.time) }
  const id = newId()
  const emailKey = `${id}@example.com`
  await storage.prisma.user.create({
    data: { id, email: emailKey, emailKey, name: 'Anna', passwordHash: 'x', signUpConversationId: newId() },
  })
  const sessions = createSessions({ prisma: storage.prisma, clock, operatorEmails: [] })
  return { clock, userId: id, sessions, ...(await sessions.open(id, 'a browser', 'password')) }
}

test('a session is found by its token, of which only a hash is stored', async () => {
  const { sessions, token, userId } = await setup()
  expect(await sessions.find(token)).toMatchObject({ user: { userId, role: 'member' } })
  expect(await sessions.find(`${token}x`)).toBeNull()
  const [row] = await storage.prisma.session.findMany({ where: { userId } })
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect(JSON.stringify(row)).not.toContain(token)
})

test('a session ends at its time, not before', async () => {
  const { sessions, token, clock } = await setup()
  const found = await sessions.find(token)
  const ids = [found?.sessionId ?? '']
  const ends = clock.time + SESSION_SECONDS * 1000
  for (let day = 0; day < 2; day += 1) {
    clock.time += 10 * DAY_MS
    expect(await sessions.find(token)).not.toBeNull()
  }
  clock.time = ends - 1
  expect(await sessions.find(token)).not.toBeNull()
  expect(await sessions.findLiving(ids)).toEqual(ids)
  clock.time += 1
  expect(await sessions.find(token)).toBeNull()
  expect(await sessions.findLiving(ids)).toEqual([])
})

test('a session that is closed is gone, and whoever follows is told', async () => {
  const { sessions, token } = await setup()
  const other = await setup()
  const told = vi.fn()
  sessions.onClosed(told)
  const { sessionId } = (await sessions.find(token)) ?? { sessionId: '' }
  await sessions.close(sessionId)
  expect(told.mock.calls).toEqual([[sessionId]])
  expect(await sessions.find(token)).toBeNull()
  expect(await other.sessions.find(other.token)).not.toBeNull()
})

test('a session of a deleted account is none, though its log-in came in between', async () => {
  const { userId, sessions, token } = await setup()
  expect(await sessions.find(token)).not.toBeNull()
  await storage.prisma.user.update({ where: { id: userId }, data: { deletedAt: new Date() } })
  expect(await sessions.find(token)).toBeNull()
})

test('a session that nobody uses ends, and is forgotten, before its time', async () => {
  const { sessions, token, clock } = await setup()
  const ids = [(await sessions.find(token))?.sessionId ?? '']
  clock.time += SESSION_IDLE_SECONDS * 1000 + DAY_MS
  expect(await sessions.find(token)).toBeNull()
  expect(await sessions.findLiving(ids)).toEqual([])
})
