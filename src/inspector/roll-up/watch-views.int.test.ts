import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { createCatalog, createRegistry, createSealer, defineEvent, type Module, newId } from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { startNode, type TestNode } from '../../server/testing/nodes.ts'
import { alertWords, MOST_LOOKED_AT } from '../model/saved-view.ts'
import { findViewAlerts } from '../queries/saved-views.ts'
import { watchViews } from './watch-views.ts'

const Rung = defineEvent('bell.rung', { version: 1, body: z.object({ loud: z.boolean() }) })
const bell: Module = { name: 'bell', messages: [Rung], subscriptions: [] }
const catalog = createCatalog(createRegistry([bell]).definitions, createSealer('a secret for tests only, 32 chars'))

const people = { openText: async (name: string) => name }

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
  const [anna, ben] = await Promise.all(['Anna', 'Ben'].map(addPerson))
  await addView(anna!, { name: 'bells', filter: 'type:bell.rung', alertFrom: 3, isShared: true })
  await addView(anna!, { name: 'loud ones', filter: 'type:bell.rung payload.loud:true', alertFrom: 2, isShared: false })
  await addView(anna!, { name: 'never asked', filter: 'type:bell.rung', alertFrom: null, isShared: true })
  await addView(anna!, { name: 'far', filter: 'type:bell.far', alertFrom: 1, isShared: true })
  const seenBy = async (id: string | undefined) =>
    (await findViewAlerts({ pool, people }, id!)).alerts.map((each) => [each.name, each.count, alertWords(each).state])

  for (const loud of [true, false]) await node.bus.publish(Rung, { loud })
  await look()
  expect(await seenBy(anna)).toEqual([])
  await node.bus.publish(Rung, { loud: true })
  await look()
  expect(await seenBy(anna)).toEqual([
    ['bells', 3, 'raised'],
    ['loud ones', 2, 'raised'],
  ])
  expect(await seenBy(ben)).toEqual([['bells', 3, 'raised']])
  const [raised] = (await findViewAlerts({ pool, people }, ben!)).alerts
  await look()
  expect((await findViewAlerts({ pool, people }, ben!)).alerts).toEqual([raised])

  // Twice as many are urgent; what falls a little below does not come and go.
  const forget = (count: number) =>
    pool.query(
      `UPDATE messages SET occurred_at = now() - interval '16 minutes'
       WHERE id IN (SELECT id FROM messages WHERE occurred_at > now() - interval '15 minutes' LIMIT $1)`,
      [count],
    )
  for (const _ of [1, 2, 3]) await node.bus.publish(Rung, { loud: false })
  await look()
  expect(await seenBy(ben)).toEqual([['bells', 6, 'elevated']])
  await forget(1)
  await look()
  expect(await seenBy(ben)).toEqual([['bells', 5, 'elevated']])
  await forget(1)
  await look()
  expect(await seenBy(ben)).toEqual([['bells', 4, 'reduced']])
  expect((await findViewAlerts({ pool, people }, ben!)).alerts[0]?.since).toBe(raised?.since)

  await forget(100)
  await look()
  expect(await seenBy(ben)).toEqual([['bells', 0, 'resolved']])
  await pool.query(`UPDATE saved_views SET alert_cleared_at = now() - interval '16 minutes'`)
  expect(await seenBy(ben)).toEqual([])
})

it('counts all the others where one view cannot be counted, and says of that one that it is not known', async () => {
  const { pool } = node.storage
  const carla = await addPerson('Carla')
  await addView(carla, { name: 'a handler’s', filter: 'handler:breaks', alertFrom: 1, isShared: false })
  await addView(carla, { name: 'later', filter: 'type:bell.rung', alertFrom: 1, isShared: false })
  await addView(carla, { name: 'of a later build', filter: 'galaxy:far', alertFrom: 1, isShared: false })
  await node.bus.publish(Rung, { loud: true })
  const typeOf = () => {
    throw new Error('no such thing')
  }
  const seen = async () =>
    new Map((await findViewAlerts({ pool, people }, carla)).alerts.map((each) => [each.name, alertWords(each).state]))
  await expect(watchViews({ ...parts(), typeOf }, new AbortController().signal)).rejects.toThrow(
    'Views that could not be counted: 1',
  )
  expect(await seen()).toEqual(
    new Map([
      ['later', 'raised'],
      ['a handler’s', 'not known'],
      ['of a later build', 'not known'],
    ]),
  )
  await look()
  expect((await seen()).has('a handler’s')).toBe(false)
})

it('says that it is not known where there is more than is looked through, and keeps what was raised', async () => {
  const { pool } = node.storage
  const dora = await addPerson('Dora')
  await pool.query(SEND_MANY, ['bell.many'])
  await addView(dora, { name: 'rare', filter: 'type:bell.many payload.loud:true', alertFrom: 1, isShared: false })
  await addView(dora, { name: 'often', filter: 'type:bell.many', alertFrom: 1_000, isShared: false })
  await addView(dora, { name: 'was raised', filter: 'type:bell.many payload.loud:true', alertFrom: 2, isShared: false })
  await pool.query(`UPDATE saved_views SET alert_since = now() WHERE name = 'was raised'`)
  await look()
  const { alerts } = await findViewAlerts({ pool, people }, dora)
  expect(new Map(alerts.map((each) => [each.name, [alertWords(each).state, alertWords(each).count]]))).toEqual(
    new Map([
      ['often', ['elevated', 'at least 2,000']],
      ['rare', ['not known', null]],
      ['was raised', ['not known', null]],
    ]),
  )
  expect(alerts.find((each) => each.name === 'was raised')?.since).not.toBeNull()
})

it('looks at every view, however many there are, and says how many alerts it does not show', async () => {
  const { pool } = node.storage
  const emil = await addPerson('Emil')
  await pool.query(
    `INSERT INTO saved_views (id, owner_id, name, filter, is_shared, alert_from)
     SELECT gen_random_uuid(), $1, 'bells ' || i, 'type:bell.rung', false, 1 FROM generate_series(1, 230) AS i`,
    [emil],
  )
  await node.bus.publish(Rung, { loud: true })
  await look()
  const { rows } = await pool.query('SELECT FROM saved_views WHERE owner_id = $1 AND alert_since IS NULL', [emil])
  expect(rows).toHaveLength(0)
  const { alerts, more } = await findViewAlerts({ pool, people }, emil)
  expect([alerts.length, more]).toEqual([20, 210])
})

/** More than is looked through; the loud ones are the oldest. */
const SEND_MANY = `
  INSERT INTO messages (id, kind, name, version, body, conversation_id, occurred_at)
  SELECT gen_random_uuid(), 'event', $1, 1, jsonb_build_object('loud', i > ${MOST_LOOKED_AT}), gen_random_uuid(),
         now() - make_interval(secs => 300 + i * 0.001)
  FROM generate_series(1, ${MOST_LOOKED_AT} + 2000) AS i`

const parts = () => ({
  pool: node.storage.pool,
  catalog,
  clock: { now: () => new Date() },
  typeOf: () => undefined,
})
const look = () => watchViews(parts(), new AbortController().signal)

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
