/** Plans are made once for a connection, on the tables of a new installation: they must fit those of next year. */

import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCommand, handleOutside, type Module } from '../bus/index.ts'
import { createTestBus, type TestBus } from '../bus/testing/index.ts'
import { createTestDatabase, type TestDatabase } from '../server/database/testing.ts'
import { openTestStorage } from '../server/testing/test-storage.ts'
import type { PostgresStorage } from './index.ts'

const Call = defineCommand('plans.call', { version: 1, body: z.object({}), reply: z.object({}) })
const plans: Module = {
  name: 'plans',
  messages: [Call],
  subscriptions: [handleOutside(Call, { concurrency: 100 }, async () => ({}))],
}

describe("the bus's own statements", () => {
  let database: TestDatabase
  let storage: PostgresStorage
  let test: TestBus

  beforeEach(async () => {
    database = await createTestDatabase()
    storage = openTestStorage(database.url)
    test = createTestBus(storage, [plans])
  })
  afterEach(async () => {
    test.stop()
    await database.drop()
  })

  const send = (count: number) => Promise.all(Array.from({ length: count }, () => test.bus.send(Call, {})))
  /** Connections report what they read when they are closed. */
  const rowsReadInFull = async () => {
    await storage.stop()
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    const read = async () => {
      const { rows } = await client.query<{ seen: boolean; full: number }>(
        `SELECT sum(idx_tup_fetch) > 2000 AS seen, sum(seq_tup_read)::int AS full
         FROM pg_stat_user_tables WHERE relname IN ('messages', 'deliveries')`,
      )
      return rows[0]!
    }
    await expect.poll(async () => (await read()).seen).toBe(true)
    const { full } = await read()
    await client.end()
    return full
  }

  it('read no table in full, though they were planned when it was empty', async () => {
    await send(1)
    await test.drain()
    await send(2_000)
    await test.drain()
    expect(await rowsReadInFull()).toBeLessThan(1_000)
  })
})
