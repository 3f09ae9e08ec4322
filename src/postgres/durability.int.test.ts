/** When a commit waits for the disk. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCommand, defineEvent, handle, type Module } from '../bus/index.ts'
import { createTestBus, type TestBus } from '../bus/testing/index.ts'
import { createTestDatabase, type TestDatabase } from '../server/database/testing.ts'
import { openTestStorage } from '../server/testing/test-storage.ts'
import type { PostgresStorage } from './index.ts'

const Ask = defineCommand('disk.ask', { version: 1, body: z.object({}), reply: z.object({}) })
const Told = defineEvent('disk.told', { version: 1, body: z.object({}) })
const disk: Module = {
  name: 'disk',
  messages: [Ask, Told],
  subscriptions: [
    handle(Ask, {}, async (_, { publish }) => {
      publish(Told, {})
      return {}
    }),
  ],
}

let database: TestDatabase
let storage: PostgresStorage
let test: TestBus
beforeEach(async () => {
  database = await createTestDatabase()
  storage = openTestStorage(database.url)
  test = createTestBus(storage, [disk])
  // What holds when a transaction ends is what decides.
  await storage.pool.query(`
    CREATE TABLE commits (message text, waits_for_disk text);
    CREATE FUNCTION note_commit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO commits VALUES (NEW.name, current_setting('synchronous_commit'));
        RETURN NULL;
      END $$;
    CREATE CONSTRAINT TRIGGER noted AFTER INSERT ON messages
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_commit()`)
})
afterEach(async () => {
  test.stop()
  await storage.stop()
  await database.drop()
})

async function commits(): Promise<string[]> {
  const { rows } = await storage.pool.query<{ message: string; waits_for_disk: string }>('SELECT * FROM commits')
  return rows.map((each) => `${each.message} ${each.waits_for_disk}`)
}

it('Q6: an awaited command is on the disk with its reply, everything else as soon as it is accepted', async () => {
  for (const options of [{}, { idempotencyKey: 'once' }]) {
    const asked = test.bus.execute(Ask, {}, options)
    await expect.poll(test.drain).not.toEqual([])
    await asked
  }
  await test.bus.send(Ask, {})
  await test.bus.send(Ask, {}, { idempotencyKey: 'sent' })
  await test.bus.publish(Told, {})
  const awaited = ['disk.ask off', 'disk.told on']
  expect(await commits()).toEqual([...awaited, ...awaited, 'disk.ask on', 'disk.ask on', 'disk.told on'])
})

it('Q6: whoever waited in vain is told of a message that is on the disk, and stored once more where it was lost', async () => {
  const { messageId } = await new Promise<{ messageId: string }>((resolve, reject) => {
    test.bus.execute(Ask, {}, { timeoutMs: 1 }).catch((error) => resolve(error.details))
    setTimeout(reject, 20_000, new Error('It was answered.')).unref()
  })
  const { rows } = await storage.pool.query<{ written: string }>('SELECT pg_current_wal_insert_lsn() AS written')
  expect(await storage.outbox.isDurable(messageId)).toBe(true)
  const flushed = await storage.pool.query('SELECT pg_current_wal_flush_lsn() >= $1 AS is_all', [rows[0]?.written])
  expect(flushed.rows).toEqual([{ is_all: true }])

  // As a crash does to what had not reached the disk.
  // Long enough for what follows: it must be gone by the time at which nobody waits any more.
  const asked = test.bus.execute(Ask, {}, { timeoutMs: 2_000, idempotencyKey: 'lost' })
  const isStored = `SELECT FROM messages WHERE idempotency_key = 'lost'`
  await expect.poll(async () => (await storage.pool.query(isStored)).rowCount).toBe(1)
  await storage.pool.query(`
    WITH lost AS (DELETE FROM messages WHERE idempotency_key = 'lost' RETURNING id),
      deliveries AS (DELETE FROM deliveries USING lost WHERE message_id = lost.id)
    DELETE FROM idempotency_keys USING lost WHERE message_id = lost.id`)
  await expect(asked).rejects.toMatchObject({ code: 'reply-timeout' })
  expect((await storage.pool.query(isStored)).rowCount).toBe(1)
  expect(await test.drain()).toEqual(['succeeded', 'succeeded'])
})
