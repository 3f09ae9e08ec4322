import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import {
  createCatalog,
  createPersonKeys,
  createRegistry,
  createSealer,
  handle,
  type Module,
  subscriptionsOf,
} from '../../bus/index.ts'
import { defineOrders, orderMessages } from '../../bus/testing/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { startNode, type TestNode } from '../../server/testing/nodes.ts'
import { findPriorState } from './prior-state.ts'
import { findProcess, findProcessesOf } from './processes.ts'
import { findRecording } from './recording.ts'
import { findRevision } from './revision.ts'

const { Ordered, Paid, Ship } = orderMessages
const orders = defineOrders(3_600_000)
let database: TestDatabase
let node: TestNode
let shop: Module

beforeAll(async () => {
  database = await createTestDatabase()
  node = await startNode(database.url, ({ processes }) => {
    shop = {
      name: 'shop',
      messages: [...Object.values(orderMessages), orders.timeOut],
      subscriptions: [...subscriptionsOf(orders, processes), handle(Ship, {}, async () => ({}))],
    }
    return [shop]
  })
  await node.bus.publish(Ordered, { order: 'o1', name: 'Anna' })
  await settled(Ordered.name)
  await node.bus.publish(Paid, { order: 'o1' })
  await settled(Paid.name)
})
afterAll(async () => {
  await node.stop()
  await database.drop()
})

async function deliveryOf(name: string): Promise<{ id: string; state: string } | undefined> {
  const { rows } = await node.storage.pool.query<{ id: string; state: string }>(
    'SELECT d.id, d.state FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id WHERE m.name = $1',
    [name],
  )
  return rows[0]
}

async function settled(name: string): Promise<void> {
  await vi.waitFor(async () => expect((await deliveryOf(name))?.state).toBe('succeeded'), { timeout: 10_000 })
}

function parts() {
  const sealer = createSealer('a secret for tests only, 32 chars')
  const catalog = createCatalog(createRegistry([shop]).definitions, sealer)
  const people = createPersonKeys({ store: node.storage.personKeys, sealer })
  return { pool: node.storage.pool, catalog, people, processes: [orders] }
}

async function priorTo(name: string) {
  return findPriorState(parts(), (await deliveryOf(name))!.id)
}

it('shows by what one knows the instance: of what began it, masked, and of what it remembers', async () => {
  const shown = [
    { label: 'customer', text: '••••', masked: 'personal data, masked', isOfStart: true },
    { label: 'lines', text: '1', masked: null, isOfStart: false },
  ]
  const found = await findProcess(parts(), { name: orders.name, key: 'o1' })
  expect(found?.shown).toEqual(shown)
  expect((await findProcessesOf(parts(), found!.conversationId))[0]?.shown).toEqual(shown)
  const file = await findRecording(parts(), found!.conversationId)
  expect((JSON.parse(file!) as { processes: object[] }).processes[0]).toMatchObject({ shown })
  expect(file).not.toContain('Anna')
})

it('tells where the instance of a process was before a message reached it', async () => {
  expect(await priorTo(Paid.name)).toMatchObject({
    name: orders.name,
    key: 'o1',
    version: 1,
    status: 'running',
    state: { open: { payment: 'waiting', packing: 'waiting' } },
  })
})

it('tells of none where the message began it', async () => {
  expect(await priorTo(Ordered.name)).toBeNull()
})

it('tells of a time-out that was called off where the instance was until then', async () => {
  expect(await priorTo(orders.timeOut.name)).toMatchObject({
    key: 'o1',
    version: 1,
    state: { open: { payment: 'waiting', packing: 'waiting' } },
  })
})

it('tells how far a time-out has come that is open, and all of the state around a step', async () => {
  const found = await findProcess(parts(), { name: orders.name, key: 'o1' })
  // It was paid: the time-out of that is called off.
  expect(found?.openTimeOuts).toEqual([])
  const of = { name: orders.name, key: 'o1', version: 2 }
  const lines = await findRevision(parts(), of)
  const at = (path: string) => lines?.find((each) => each.path === path)
  expect(at('state.open.payment')).toMatchObject({
    before: { is: 'value', text: 'waiting' },
    after: { is: 'value', text: 'paid' },
    isChanged: true,
  })
  expect(at('state.open.packing')).toMatchObject({ after: { is: 'value', text: 'waiting' }, isChanged: false })
  expect((await findRevision(parts(), { ...of, version: 1 }))?.[0]).toMatchObject({ before: { is: 'absent' } })
  expect(await findRevision(parts(), { ...of, version: 9 })).toBeNull()
  await node.bus.publish(Ordered, { order: 'o2', name: 'Berta' })
  await vi.waitFor(
    async () => {
      const open = await findProcess(parts(), { name: orders.name, key: 'o2' })
      const asked = open?.revisions[0]?.messagesOut.find(({ action }) => action === 'time-out')
      expect(open?.openTimeOuts).toEqual([
        { messageId: asked?.messageId, dueAt: expect.stringMatching(/^20/) as string },
      ])
    },
    { timeout: 10_000 },
  )
})
