import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createBus, createCatalog, createRegistry, createReplies, createSealer, newId } from '../bus/index.ts'
import { noEagerDispatch } from '../bus/testing/index.ts'
import { createCommunicationModule } from '../modules/communication/index.ts'
import { SendSms } from '../modules/communication/messages.ts'
import type { PostgresStorage } from '../postgres/index.ts'
import { createTestDatabase, type TestDatabase } from './database/testing.ts'
import { type NodeProcess, startWorkerProcess, TEST_SECRET } from './testing/node-process.ts'
import { openTestStorage } from './testing/test-storage.ts'
import { slackMs } from './testing/thoroughness.ts'

const ORPHANS = 10
const TAKEN_UP_WITHIN_MS = 10_000
/** Two processes that start beside others, and a take-over. */
const LONGEST_MS = 120_000

let database: TestDatabase
let pool: pg.Pool
let storage: PostgresStorage
let provider: Server
let nodes: NodeProcess[]
let smsUrl: string
/** While it is set, the provider keeps everybody waiting. */
let held: ServerResponse[] | null

beforeEach(async () => {
  nodes = []
  database = await createTestDatabase()
  pool = new pg.Pool({ connectionString: database.url, max: 2 })
  pool.on('error', () => {})
  storage = openTestStorage(database.url, { poolSize: 2 })
  held = []
  provider = createServer((request, response) => {
    if (held) held.push(response)
    else {
      const answer = request.method === 'POST' ? { sid: newId() } : { messages: [] }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    }
  })
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
  smsUrl = `http://AC1:token@127.0.0.1:${(provider.address() as AddressInfo).port}`
})
afterEach(async () => {
  await Promise.all(nodes.map((each) => each.kill('SIGKILL')))
  provider.closeAllConnections()
  provider.close()
  await storage.stop()
  await pool.end()
  await database.drop()
})

async function sendTexts(count: number): Promise<void> {
  const gateways = { smtpUrl: 'smtp://127.0.0.1:1', smsUrl, mailFrom: 'a@example.com', appUrl: 'http://localhost' }
  const { messages, subscriptions } = createCommunicationModule(gateways)
  const own = subscriptions.filter((each) => each.message.kind === 'command')
  const registry = createRegistry([{ name: 'communication', messages, subscriptions: own }])
  const catalog = createCatalog(registry.definitions, createSealer(TEST_SECRET))
  const replies = createReplies(storage.replies, storage.wake)
  const bus = createBus({
    registry,
    catalog,
    clock: { now: () => new Date() },
    storage,
    replies,
    eager: noEagerDispatch,
  })
  const userId = newId()
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      bus.send(SendSms, { userId, phone: '+41790000000', text: `text ${index}` }),
    ),
  )
  replies.stop()
}

const count = async (condition: string) =>
  (await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM deliveries WHERE ${condition}`)).rows[0]!.n

it('D14: what a killed node had in hand is handled elsewhere within 10 s, to the last', {
  timeout: LONGEST_MS,
}, async () => {
  const first = await startWorkerProcess(database.url, { SMS_URL: smsUrl })
  nodes.push(first)
  await sendTexts(ORPHANS)
  await expect.poll(() => held?.length).toBe(ORPHANS)
  const second = await startWorkerProcess(database.url, { SMS_URL: smsUrl })
  nodes.push(second)
  held = null
  const killedAt = performance.now()
  await first.kill('SIGKILL')
  await expect
    .poll(() => count(`subscription = 'communication.send-sms' AND state = 'succeeded'`), {
      timeout: TAKEN_UP_WITHIN_MS + slackMs(),
      interval: 50,
    })
    .toBe(ORPHANS)
  expect(performance.now() - killedAt).toBeLessThan(TAKEN_UP_WITHIN_MS + slackMs())
  await second.kill('SIGTERM')
})
