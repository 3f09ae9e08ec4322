import { expect, it } from 'vitest'
import { newId, type ProcessInstance, type ProcessRevision } from '../bus/index.ts'
import { describeProcessContract, type ProcessHarness } from '../bus/testing/index.ts'
import { createTestDatabase } from '../server/database/testing.ts'
import { openTestStorage } from '../server/testing/test-storage.ts'

async function createStorage() {
  const database = await createTestDatabase()
  const storage = openTestStorage(database.url, { poolSize: 12 })
  const stop = async () => {
    await storage.stop()
    await database.drop()
  }
  return { storage, stop }
}

const INSTANCES = `
  SELECT name AS process, key, definition_version AS "definitionVersion", version, status, state, context, timers,
         waiting_for AS "waitingFor", conversation_id AS "conversationId", subject_id AS "subjectId",
         started_at AS "startedAt", changed_at AS "changedAt", finished_at AS "finishedAt"
  FROM processes ORDER BY started_at, name, key`

interface RevisionRow {
  version: number
  at: Date
  message_id: string
  message_name: string
  state_before: ProcessInstance['state'] | null
  context_before: ProcessInstance['context'] | null
  state_after: ProcessInstance['state']
  context_after: ProcessInstance['context']
  messages_out: ProcessRevision['messagesOut']
}

type StoredDelivery = Awaited<ReturnType<ProcessHarness['deliveries']>>[number]

function toRevision(row: RevisionRow): ProcessRevision {
  return {
    version: row.version,
    at: row.at,
    before: row.state_before === null ? null : { state: row.state_before, context: row.context_before! },
    after: { state: row.state_after, context: row.context_after },
    messageIn: { messageId: row.message_id, name: row.message_name },
    messagesOut: row.messages_out,
  }
}

describeProcessContract('PostgreSQL', async () => {
  const { storage, stop } = await createStorage()
  const { pool } = storage
  return {
    storage,
    instances: async () => (await pool.query<ProcessInstance>(INSTANCES)).rows,
    revisions: async (process, key) => {
      const ofInstance = 'SELECT * FROM process_revisions WHERE process_name = $1 AND process_key = $2 ORDER BY version'
      return (await pool.query<RevisionRow>(ofInstance, [process, key])).rows.map(toRevision)
    },
    messages: async () => {
      const all = 'SELECT id AS "messageId", name, body, key, causation_id AS "causationId" FROM messages ORDER BY id'
      return (
        await pool.query<{
          messageId: string
          name: string
          body: unknown
          key: string | null
          causationId: string | null
        }>(all)
      ).rows
    },
    deliveries: async () => {
      const all = `SELECT message_id AS "messageId", subscription, state, attempt, reply, reason FROM deliveries ORDER BY id`
      return (await pool.query<StoredDelivery>(all)).rows
    },
    age: async (days) => {
      const older =
        'started_at = started_at - make_interval(days => $1), finished_at = finished_at - make_interval(days => $1)'
      await pool.query(`UPDATE processes SET ${older}`, [days])
    },
    stop,
  }
})

const instance = (version: number): ProcessInstance => ({
  process: 'shop.order',
  key: 'a',
  definitionVersion: 1,
  version,
  status: 'running',
  state: `step ${version}`,
  context: {},
  timers: [],
  waitingFor: [],
  conversationId: newId(),
  subjectId: null,
  startedAt: new Date(),
  changedAt: new Date(),
  finishedAt: null,
})
const revision = (version: number): ProcessRevision => ({
  version,
  at: new Date(),
  before: version === 1 ? null : { state: `step ${version - 1}`, context: {} },
  after: { state: `step ${version}`, context: {} },
  messageIn: { messageId: newId(), name: 'shop.ordered' },
  messagesOut: [],
})

it('S1: on two connections, who asks for an instance that is being started waits for it and finds it', async () => {
  const { storage, stop } = await createStorage()
  const { processes, unitOfWork } = storage
  const first = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const starting = unitOfWork.run(async (tx) => {
    expect(await processes.find(tx, 'shop.order', 'a')).toBeNull()
    first.resolve()
    await commit.promise
    await processes.save(tx, instance(1), revision(1))
  })
  await first.promise
  let hasAnswer = false
  const asking = unitOfWork.run(async (tx) => {
    const found = await processes.find(tx, 'shop.order', 'a')
    hasAnswer = true
    return found
  })
  // Another key is not held up meanwhile: when it has been answered, the first question still has not.
  await unitOfWork.run((tx) => processes.find(tx, 'shop.order', 'b'))
  const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`
  await expect.poll(async () => (await storage.pool.query(waits)).rowCount).toBe(1)
  expect(hasAnswer).toBe(false)
  commit.resolve()
  await starting
  expect(await asking).toMatchObject({ version: 1, state: 'step 1' })
  await stop()
})

it('S2: on two connections, the second step of an instance begins where the first has ended', async () => {
  const { storage, stop } = await createStorage()
  const { processes, unitOfWork } = storage
  await unitOfWork.run((tx) => processes.save(tx, instance(1), revision(1)))
  const versions = await Promise.all(
    Array.from({ length: 8 }, () =>
      unitOfWork.run(async (tx) => {
        const version = (await processes.find(tx, 'shop.order', 'a'))!.version + 1
        await processes.save(tx, instance(version), revision(version))
        return version
      }),
    ),
  )
  expect(versions.sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9])
  await stop()
})

it('S2: a step that was made of an older version is refused, and nothing of its transaction remains', async () => {
  const { storage, stop } = await createStorage()
  const { processes, unitOfWork, pool } = storage
  await unitOfWork.run((tx) => processes.save(tx, instance(1), revision(1)))
  await unitOfWork.run((tx) => processes.save(tx, instance(2), revision(2)))
  for (const version of [1, 2, 4]) {
    const late = unitOfWork.run((tx) => processes.save(tx, instance(version), revision(version)))
    await expect(late).rejects.toMatchObject({ code: 'process-conflict' })
  }
  expect((await pool.query('SELECT 1 FROM process_revisions')).rowCount).toBe(2)
  await stop()
})
