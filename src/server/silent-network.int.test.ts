import { expect, it } from 'vitest'
import { z } from 'zod'
import { defineCommand, handle, handleOutside, type Module } from '../bus/index.ts'
import { createTestDatabase } from './database/testing.ts'
import { startNode } from './testing/nodes.ts'
import { createSilentNetwork } from './testing/silent-network.ts'
import { openTestStorage } from './testing/test-storage.ts'

const command = { version: 1, body: z.object({}), reply: z.object({}) }
const Ask = defineCommand('shop.ask', command)
const Tell = defineCommand('shop.tell', command)

it('O5: a node whose connections fall silent, with no word that they are gone, goes on with new ones', {
  timeout: 60_000,
}, async () => {
  const database = await createTestDatabase()
  const shop: Module = {
    name: 'shop',
    messages: [Ask, Tell],
    subscriptions: [
      handleOutside(Ask, {}, async (_, { send }) => {
        send(Tell, {})
        return {}
      }),
      handle(Tell, { timeoutMs: 2_000, retry: { firstDelayMs: 10 } }, async (_, { tx }) => {
        await tx.query('SELECT 1')
        return {}
      }),
    ],
  }
  const network = await createSilentNetwork(database.url)
  const sender = await startNode(database.url, () => [shop])
  await sender.dispatcher.stop()
  const bounds = { leaseMs: 3_000, graceMs: 100 }
  const node = await startNode(network.url, () => [shop], bounds, { answerWithinMs: 1_000 })
  const told = async () => {
    const text = `SELECT 1 FROM deliveries WHERE subscription = 'shop.tell' AND state = 'succeeded'`
    return (await sender.storage.pool.query(text)).rows.length
  }
  try {
    await sender.bus.execute(Ask, {})
    await expect.poll(told).toBe(1)
    network.silence()
    expect(node.dispatcher.isHealthy).toBe(true)
    for (let count = 0; count < 5; count += 1) await sender.bus.send(Ask, {})
    await expect.poll(told, { timeout: 25_000 }).toBe(6)
    await expect.poll(() => node.dispatcher.isHealthy).toBe(true)
  } finally {
    await network[Symbol.asyncDispose]()
    await Promise.all([node.stop(), sender.stop()])
    await database.drop()
  }
})

it('O5: a connection whose server is no primary any more is given up with the transaction that found out', async () => {
  const database = await createTestDatabase()
  const storage = openTestStorage(database.url, { poolSize: 1 })
  const write = () => storage.unitOfWork.run((tx) => tx.query('CREATE TABLE written (at timestamptz)'))
  try {
    await storage.pool.query('SET default_transaction_read_only = on')
    await expect(write()).rejects.toMatchObject({ code: '25006' })
    await write()
  } finally {
    await storage.stop()
    await database.drop()
  }
})
