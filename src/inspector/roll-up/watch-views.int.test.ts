import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { createCatalog, createRegistry, createSealer, defineEvent, type Module, newId } from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { startNode, type TestNode } from '../../server/testing/nodes.ts'
import { findViewAlerts } from '../queries/saved-views.ts'
import { watchViews } from './watch-views.ts'

const Rung = defineEvent('bell.rung', { version: 1, body: z.object({ loud: z.boolean() }) })
const bell: Module = { name: 'bell', messages: [Rung], subscriptions: [] }
const catalog = createCatalog(createRegistry([bell]).definitions, createSealer('a secret for tests only, 32 chars'))

let database: TestDatabase
let node: TestNode

beforeAll(async () => {
  database = await createTestDatabase()
  node = await startNode(database.url, () => [bell])
})
afterAll(async () => {
  await node.stop()
  await database.drop()
})

it('raises what was sent too often lately, to those who may see the view, and clears it again', async () => {
  const { pool } = node.storage
  const look = () =>
    watchViews(
      { pool, catalog, clock: { now: () => new Date() }, typeOf: () => undefined },
      new AbortController().signal,
    )
  const [anna, ben] = await Promise.all(['Anna', 'Ben'].map(addPerson))
  await addView(anna!, { name: 'bells', filter: 'type:bell.rung', alertFrom: 3, isShared: true })
  await addView(anna!, { name: 'loud ones', filter: 'type:bell.rung payload.loud:true', alertFrom: 2, isShared: false })
  await addView(anna!, { name: 'never asked', filter: 'type:bell.rung', alertFrom: null, isShared: true })
  await addView(anna!, { name: 'of a later build', filter: 'galaxy:far', alertFrom: 1, isShared: true })
  const seenBy = async (id: string | undefined) =>
    (await findViewAlerts(pool, id!)).map(({ name, count, since }) => [name, count, since !== null])

  for (const loud of [true, false]) await node.bus.publish(Rung, { loud })
  await look()
  expect(await seenBy(anna)).toEqual([])
  await node.bus.publish(Rung, { loud: true })
  await look()
  expect(await seenBy(anna)).toEqual([
    ['bells', 3, true],
    ['loud ones', 2, true],
  ])
  expect(await seenBy(ben)).toEqual([['bells', 3, true]])
  const [{ since } = {}] = await findViewAlerts(pool, ben!)
  await look()
  expect((await findViewAlerts(pool, ben!))[0]?.since).toBe(since)

  await pool.query(`UPDATE messages SET occurred_at = now() - interval '16 minutes'`)
  await look()
  expect(await seenBy(ben)).toEqual([['bells', 0, false]])
  await pool.query(`UPDATE saved_views SET alert_cleared_at = now() - interval '16 minutes'`)
  expect(await seenBy(ben)).toEqual([])
})

it('counts all the others where one view cannot be counted', async () => {
  const { pool } = node.storage
  const carla = await addPerson('Carla')
  await addView(carla, { name: 'a handler’s', filter: 'handler:breaks', alertFrom: 1, isShared: false })
  await addView(carla, { name: 'later', filter: 'type:bell.rung', alertFrom: 1, isShared: false })
  await node.bus.publish(Rung, { loud: true })
  const typeOf = () => {
    throw new Error('no such thing')
  }
  const parts = { pool, catalog, clock: { now: () => new Date() }, typeOf }
  await expect(watchViews(parts, new AbortController().signal)).rejects.toThrow('Views that could not be counted: 1')
  expect((await findViewAlerts(pool, carla)).map(({ name }) => name)).toEqual(['later'])
})

async function addPerson(name: string): Promise<string> {
  const id = newId()
  await node.storage.pool.query(
    `INSERT INTO users (id, email, email_key, name, password_hash, sign_up_conversation_id)
     VALUES ($1, $2, $2, $2, '-', $1)`,
    [id, name],
  )
  return id
}

interface View {
  name: string
  filter: string
  alertFrom: number | null
  isShared: boolean
}

async function addView(ownerId: string, { name, filter, alertFrom, isShared }: View): Promise<void> {
  await node.storage.pool.query(
    'INSERT INTO saved_views (id, owner_id, name, filter, is_shared, alert_from) VALUES ($1, $2, $3, $4, $5, $6)',
    [newId(), ownerId, name, filter, isShared, alertFrom],
  )
}
