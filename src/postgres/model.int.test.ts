import { afterAll, beforeAll, it } from 'vitest'
import { runHistories, type SeenDelivery } from '../bus/testing/index.ts'
import { createTestDatabase, type TestDatabase } from '../server/database/testing.ts'
import { openTestStorage } from '../server/testing/test-storage.ts'
import type { PostgresStorage } from './index.ts'

const RUNS = 25

let database: TestDatabase
let storage: PostgresStorage

beforeAll(async () => {
  database = await createTestDatabase()
  storage = openTestStorage(database.url)
  await rows('CREATE TABLE effects (id int GENERATED ALWAYS AS IDENTITY, label text NOT NULL)')
})
afterAll(async () => {
  await storage.stop()
  await database.drop()
})

async function rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await storage.pool.query<Row>(text, values)).rows
}

/** Nobody can move the server's clock: what is to come comes nearer instead. */
const MOVE = `
  UPDATE deliveries SET due_at = due_at - make_interval(secs => $1), lease_until = lease_until - make_interval(secs => $1),
    expires_at = expires_at - make_interval(secs => $1)
  WHERE settled_at IS NULL OR state IN ('dead', 'discarded')`

it('D3, D14, D15, O1, O2, R1, R9, R11, T1, T6: whatever happens, the bus on PostgreSQL does what its model does', async () => {
  await runHistories(async () => {
    await rows('TRUNCATE messages, deliveries, failed_attempts, changes, effects')
    return {
      storage,
      now: Date.now,
      advance: async (ms, held) => {
        await rows(MOVE, [ms / 1000])
        for (const each of held) if (each.staleAt !== null) each.staleAt -= ms
      },
      effect: async (tx, label) => void (await tx.query('INSERT INTO effects (label) VALUES ($1)', [label])),
      effects: async () =>
        (await rows<{ label: string }>('SELECT label FROM effects ORDER BY id')).map((each) => each.label),
      deliveries: () =>
        rows<SeenDelivery>(
          `SELECT id AS "deliveryId", message_id AS "messageId", subscription, state, attempt, reason FROM deliveries`,
        ),
      attempts: (deliveryId) =>
        rows('SELECT number, outcome, error FROM attempts WHERE delivery_id = $1', [deliveryId]),
      messages: () =>
        rows(
          `SELECT id AS "messageId", name, body, conversation_id AS "conversationId", causation_id AS "causationId"
           FROM messages`,
        ),
      stop: async () => {},
    }
  }, RUNS)
}, 120_000)
