import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  createCatalog,
  createRegistry,
  createSealer,
  defineEvent,
  type EventDefinition,
  type Module,
  personal,
  secret,
  subscribe,
} from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { startNode, type TestNode } from '../../server/testing/nodes.ts'
import { findMessage } from './detail.ts'

const body = z.object({ name: personal(z.string()), pin: secret(z.string()), amount: z.number() })
const Paid = defineEvent('shop.paid', { version: 1, body, retentionDays: 7 })
const PaidTwice = defineEvent('shop.paid', {
  version: 2,
  body,
  retentionDays: 10,
  upcast: { 1: (old) => old as never },
})
const Refunded = defineEvent('shop.refunded', { version: 1, body: z.object({}) })

const module = (...messages: [EventDefinition, ...EventDefinition[]]): Module => ({
  name: 'shop',
  messages,
  subscriptions: [subscribe(messages[0], 'shop.book', {}, async () => {})],
})
const sealer = createSealer('a secret for tests only, 32 chars')

describe('a message as it is stored', () => {
  let database: TestDatabase
  let node: TestNode

  beforeAll(async () => {
    database = await createTestDatabase()
    node = await startNode(database.url, () => [module(Paid, Refunded)])
  })
  afterAll(async () => {
    await node.stop()
    await database.drop()
  })

  /** As a build with this message shows it. */
  const find = (messageId: string, known: EventDefinition) => {
    const { pool, handlerSettings } = node.storage
    const registry = createRegistry([module(known)])
    const catalog = createCatalog(registry.definitions, sealer)
    const faults = { list: async () => new Map() } as unknown as Parameters<typeof findMessage>[0]['faults']
    const usualOf = async () => ({ shape: null, durations: new Map() })
    return findMessage({ pool, handlerSettings, registry, catalog, faults, usualOf }, messageId)
  }

  it('is told with its size, its classified fields, its keeping, and what repeats are answered with', async () => {
    const at = new Date(Date.now() + 3_600_000)
    const options = { idempotencyKey: 'once', at, ttlMs: 60_000 }
    const { messageId } = await node.bus.publish(Paid, { name: 'Anna', pin: '1234', amount: 1 }, options)
    const message = (await find(messageId, Paid))!
    expect(message).toMatchObject({ idempotencyKey: 'once', dueAt: at.toISOString(), subjectId: null })
    expect(message.metadata).toMatchObject({ owner: 'shop', retentionDays: 7 })
    expect(message.metadata.contract).toEqual({ newest: 1, isDeclared: true, isRead: true })
    expect(message.metadata.classified).toEqual([
      { path: 'pin', mark: 'secret', isSealed: true, count: 1 },
      { path: 'name', mark: 'personal', isSealed: true, count: 1 },
    ])
    const { rows } = await node.storage.pool.query<{ body: unknown }>('SELECT body FROM messages WHERE id = $1', [
      messageId,
    ])
    expect(message.metadata.bodyBytes).toBe(Buffer.byteLength(JSON.stringify(rows[0]!.body)))
    expect(Date.parse(message.metadata.answersRepeatsUntil!)).toBeGreaterThan(Date.now())
    expect(JSON.stringify(message)).not.toMatch(/Anna|1234"/)

    const newer = (await find(messageId, PaidTwice))!
    expect(newer.metadata.contract).toEqual({ newest: 2, isDeclared: false, isRead: true })
    expect(newer.metadata.retentionDays).toBe(10)
    expect(newer.metadata.classified.map((each) => each.mark)).toEqual(['unknown', 'unknown', 'unknown'])
    const unknown = (await find(messageId, Refunded))!
    expect(unknown.metadata).toMatchObject({ owner: null, contract: { newest: null, isRead: false } })
    expect(unknown.metadata.retentionDays).toBe(30)
  })

  it('forgets when it was due once each delivery was tried again, and its key once that has expired', async () => {
    const { messageId } = await node.bus.publish(
      Paid,
      { name: 'Bert', pin: '5678', amount: 2 },
      { idempotencyKey: 'b' },
    )
    await expect.poll(async () => (await find(messageId, Paid))!.deliveries[0]!.state).toBe('succeeded')
    await node.storage.pool.query('UPDATE deliveries SET attempt = 2 WHERE message_id = $1', [messageId])
    await node.storage.pool.query('UPDATE idempotency_keys SET expires_at = now() WHERE message_id = $1', [messageId])
    const message = (await find(messageId, Paid))!
    expect(message).toMatchObject({ dueAt: null, idempotencyKey: 'b', metadata: { answersRepeatsUntil: null } })
  })
})
