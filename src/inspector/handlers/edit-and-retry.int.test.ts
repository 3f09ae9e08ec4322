import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  busModule,
  createCatalog,
  createPersonKeys,
  createRegistry,
  createSealer,
  defineEvent,
  type Module,
  newId,
  openEnvelope,
  personal,
  planEdited,
  protectPersonal,
  secret,
  subscribeOutside,
} from '../../bus/index.ts'
import { createTestBus, TEST_SECRET, type TestBus } from '../../bus/testing/index.ts'
import type { PostgresStorage } from '../../postgres/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { openTestStorage } from '../../server/testing/test-storage.ts'
import { EditAndRetry } from '../edit-messages.ts'
import { createInspectorModule } from '../index.ts'
import { RestoreDelivery } from '../messages.ts'

const Ordered = defineEvent('shop.ordered', {
  version: 1,
  body: z.object({ amount: z.int().min(1), email: personal(z.email()), token: secret(z.string()) }),
})
const actorId = newId()

describe('edit and retry', () => {
  let database: TestDatabase
  let storage: PostgresStorage
  let test: TestBus
  let bills: unknown[]
  let parcels: number

  beforeEach(async () => {
    database = await createTestDatabase()
    storage = openTestStorage(database.url, { poolSize: 8, maxAttemptsOf: () => 1 })
    bills = []
    parcels = 0
    const shop: Module = {
      name: 'shop',
      messages: [Ordered],
      subscriptions: [
        subscribeOutside(Ordered, 'shop.bill', { retry: { maxAttempts: 1 } }, async (event) => {
          if (event.amount > 100) throw new Error('too much')
          bills.push(event)
        }),
        subscribeOutside(Ordered, 'shop.parcel', {}, async () => {
          parcels += 1
        }),
      ],
    }
    const clock = { now: () => new Date() }
    const privacy = {
      people: createPersonKeys({ store: storage.personKeys, sealer: createSealer(TEST_SECRET) }),
      get catalog() {
        return catalog
      },
    }
    const inspector = createInspectorModule({
      clock,
      deliveries: storage.deliveries,
      outbox: protectPersonal(storage, privacy).outbox,
      handlerSettings: storage.handlerSettings,
      planEdited: async (edit) => {
        const { envelope: original } = await openEnvelope(privacy, edit.original)
        return planEdited({ registry, catalog, clock }, { ...edit, original })
      },
      planReplay: () => {
        throw new Error('not here')
      },
      messageOf: () => undefined,
      findHandler: () => ({ alwaysRuns: null }),
    })
    const modules = [busModule, shop, inspector]
    const registry = createRegistry(modules)
    const catalog = createCatalog(registry.definitions, createSealer(TEST_SECRET))
    test = createTestBus(storage, modules)
    await test.bus.publish(Ordered, { amount: 500, email: 'anna@example.com', token: 'sesame' })
    await test.drain()
  })
  afterEach(async () => {
    test.stop()
    await storage.stop()
    await database.drop()
  })

  const bill = async () => {
    const { rows } = await storage.pool.query<{ id: string; message_id: string; state: string; reason: string | null }>(
      `SELECT id, message_id, state, reason FROM deliveries WHERE subscription = 'shop.bill' ORDER BY message_id`,
    )
    return rows
  }
  const edit = async (deliveryId: string, body: unknown) => {
    const json = typeof body === 'string' ? body : JSON.stringify(body)
    const reply = test.bus.execute(EditAndRetry, { deliveryId, actorId, json })
    await expect.poll(test.drain).not.toEqual([])
    return (await reply).reply
  }
  const MASKED = { amount: 50, email: { masked: 'personal' }, token: { masked: 'secret' } }

  it('R10: makes a linked message for the handler that failed, with what was masked kept, and resolves the original', async () => {
    const original = (await bill())[0]!
    const reply = await edit(original.id, MASKED)
    if (reply.outcome !== 'retried') throw new Error(reply.outcome)
    expect(bills).toEqual([{ amount: 50, email: 'anna@example.com', token: 'sesame' }])
    expect(parcels).toBe(1)
    expect(await bill()).toMatchObject([
      { state: 'discarded', reason: `edited and retried as ${reply.messageId}` },
      { state: 'succeeded', message_id: reply.messageId },
    ])
    const { rows } = await storage.pool.query(
      'SELECT retried_from, causation_id, causation_delivery_id, body::text FROM messages WHERE id = $1',
      [reply.messageId],
    )
    expect(rows[0]).toMatchObject({
      retried_from: original.message_id,
      causation_id: original.message_id,
      causation_delivery_id: original.id,
      body: expect.not.stringMatching(/sesame|anna/),
    })
  })

  it('R10: a second edit of what is resolved is refused, and it cannot be taken back', async () => {
    const { id } = (await bill())[0]!
    await edit(id, MASKED)
    expect(await edit(id, MASKED)).toMatchObject({
      outcome: 'resolved',
      state: 'discarded',
      reason: expect.stringContaining('edited'),
    })
    const restored = test.bus.execute(RestoreDelivery, { deliveryId: id, actorId })
    await expect.poll(test.drain).not.toEqual([])
    expect((await restored).reply).toEqual({ outcome: 'wrong-state' })
    expect(bills).toHaveLength(1)
  })

  it('R10: of two edits at once one is sent', async () => {
    const { id } = (await bill())[0]!
    const both = [1, 2].map((amount) =>
      test.bus.execute(EditAndRetry, { deliveryId: id, actorId, json: JSON.stringify({ ...MASKED, amount }) }),
    )
    const answered = Promise.all(both)
    let outcomes: string[] = []
    void answered.then((answers) => {
      outcomes = answers.map(({ reply }) => reply.outcome)
    })
    const handle = async () => {
      await test.drain()
      return outcomes
    }
    await expect.poll(handle).toHaveLength(2)
    expect(outcomes.sort()).toEqual(['resolved', 'retried'])
    expect(bills).toHaveLength(1)
  })

  it("R10: what the handler's contract does not allow is answered by its issues, and nothing is changed", async () => {
    const { id } = (await bill())[0]!
    expect(await edit(id, { ...MASKED, amount: 0 })).toMatchObject({ outcome: 'invalid', issues: [{ path: 'amount' }] })
    expect(await edit(id, '{')).toEqual({ outcome: 'invalid', issues: [{ path: '', expected: 'This is no JSON.' }] })
    expect(await bill()).toMatchObject([{ state: 'dead' }])
  })

  it('I6: an id that is none changes nothing and says so', async () => {
    expect(await edit(newId(), MASKED)).toEqual({ outcome: 'unknown' })
  })
})
