import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import {
  createCatalog,
  createPersonKeys,
  createRegistry,
  createSealer,
  defineEvent,
  type Module,
  newId,
  personal,
  secret,
  subscribe,
} from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { startNode, type TestNode } from '../../server/testing/nodes.ts'
import { readRecording } from '../model/recording/read-recording.ts'
import { findRecording } from './recording.ts'

const Written = defineEvent('post.letter-written', {
  version: 1,
  body: z.object({ to: personal(z.string()), token: secret(z.string()), amount: z.number(), markup: z.string() }),
})

const post: Module = {
  name: 'post',
  messages: [Written],
  subscriptions: [
    subscribe(Written, 'post.send', { retry: { maxAttempts: 1 } }, () => {
      throw new Error('550 <anna@example.com> has no mailbox')
    }),
  ],
}

const sealer = createSealer('a secret for tests only, 32 chars')
const catalog = createCatalog(createRegistry([post]).definitions, sealer)
const MARKUP = '<img src=x onerror=alert(1)></script>'

let database: TestDatabase
let node: TestNode

beforeAll(async () => {
  database = await createTestDatabase()
  node = await startNode(database.url, () => [post])
})
afterAll(async () => {
  await node.stop()
  await database.drop()
})

function parts() {
  const { pool, personKeys: store } = node.storage
  return { pool, catalog, people: createPersonKeys({ store, sealer }), processes: [] }
}

it('takes a conversation along, and nobody’s name, address or secret', async () => {
  const { pool } = node.storage
  await node.bus.publish(Written, { to: 'Anna <anna@example.com>', token: 'tok-4711', amount: 1, markup: MARKUP })
  await expect
    .poll(async () => (await pool.query(`SELECT FROM deliveries WHERE state = 'dead'`)).rowCount, { timeout: 10_000 })
    .toBe(1)
  const { rows } = await pool.query<{ id: string; conversation_id: string }>('SELECT id, conversation_id FROM messages')
  const file = (await findRecording(parts(), rows[0]!.conversation_id)) ?? ''
  expect(file).not.toMatch(/anna|tok-4711/i)
  const read = readRecording(file)
  expect(read).toMatchObject({
    ok: true,
    recording: {
      conversationId: rows[0]!.conversation_id,
      isTruncated: false,
      messages: [
        {
          id: rows[0]!.id,
          name: 'post.letter-written',
          deliveries: [
            { subscription: 'post.send', state: 'dead', lastError: expect.stringContaining('••••') as string },
          ],
        },
      ],
    },
  })
  const body = read.ok ? (JSON.parse(read.recording.messages[0]!.body ?? '') as object) : {}
  expect(body).toMatchObject({ to: { masked: 'personal' }, token: { masked: 'secret' }, amount: 1, markup: MARKUP })
})

it('finds nothing where there is nothing', async () => {
  expect(await findRecording(parts(), newId())).toBeNull()
})
