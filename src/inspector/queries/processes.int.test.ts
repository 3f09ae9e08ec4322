import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type Catalog,
  createCatalog,
  createPersonKeys,
  createRegistry,
  createSealer,
  newId,
  type PersonKeys,
  type ProcessInstance,
} from '../../bus/index.ts'
import { defineOrders, TEST_SECRET } from '../../bus/testing/index.ts'
import type { PostgresStorage } from '../../postgres/index.ts'
import { createTestDatabase } from '../../server/database/testing.ts'
import { openTestStorage } from '../../server/testing/test-storage.ts'
import { standAt } from '../model/process-view.ts'
import { findProcess, findProcesses, findProcessesOf } from './processes.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let storage: PostgresStorage
let people: PersonKeys
let catalog: Catalog

const waitingFor = [
  {
    state: 'open',
    what: 'the money',
    messages: ['shop.paid'],
    owes: ['the customer'],
    until: '2026-02-01T00:00:00.000Z',
  },
]

async function add(key: string, changes: Partial<ProcessInstance> = {}): Promise<void> {
  const at = new Date(`2026-01-01T00:00:0${key}.000Z`)
  const instance: ProcessInstance = {
    ...{ process: 'shop.order', key, definitionVersion: 1, version: 1, status: 'running', state: 'open', context: {} },
    ...{ timers: [], waitingFor, conversationId: newId(), subjectId: null, startedAt: at, changedAt: at },
    finishedAt: null,
    ...changes,
  }
  const revision = {
    ...{ version: instance.version, at, messagesOut: [], messageIn: { messageId: newId(), name: 'shop.ordered' } },
    before: instance.version === 1 ? null : { state: 'open', context: {} },
    after: { state: instance.state, context: instance.context },
  }
  await storage.unitOfWork.run((tx) => storage.processes.save(tx, instance, revision))
}

beforeAll(async () => {
  database = await createTestDatabase()
  storage = openTestStorage(database.url)
  const sealer = createSealer(TEST_SECRET)
  people = createPersonKeys({ store: storage.personKeys, sealer })
  catalog = createCatalog(createRegistry([]).definitions, sealer)
  for (const key of ['1', '2', '3', '4']) await add(key)
  const finished = { status: 'completed' as const, state: 'shipping', waitingFor: [], finishedAt: new Date() }
  await add('2', { ...finished, version: 2, context: { lines: 2 } })
})
afterAll(async () => {
  await storage.stop()
  await database.drop()
})

it('lists instances newest first, by status and page by page', async () => {
  const keys = async (request: Partial<Parameters<typeof findProcesses>[1]>) =>
    (await findProcesses(storage.pool, { status: null, before: null, limit: 10, ...request })).map((each) => each.key)
  expect(await keys({})).toEqual(['4', '3', '2', '1'])
  expect(await keys({ status: 'running' })).toEqual(['4', '3', '1'])
  expect(await keys({ status: 'failed' })).toEqual([])
  const before = { startedAt: '2026-01-01T00:00:03.000Z', process: 'shop.order', key: '3' }
  expect(await keys({ before, limit: 1 })).toEqual(['2'])
})

it('S8: tells of any instance what it waits for, until when, and who owes it', async () => {
  const parts = { pool: storage.pool, catalog, people, processes: [defineOrders(1_000)] }
  expect(await findProcess(parts, { name: 'shop.order', key: '1' })).toMatchObject({ status: 'running', waitingFor })
  const finished = await findProcess(parts, { name: 'shop.order', key: '2' })
  expect(finished).toMatchObject({ status: 'completed', waitingFor: [], contextJson: '{"lines":2}' })
  expect(finished?.revisions[0]?.changes).toEqual([
    { path: 'state', before: 'open', after: 'shipping' },
    { path: 'context.lines', before: undefined, after: 2 },
  ])
  expect(finished?.chart?.states.map((each) => each.name)).toContain('shipping')
})

it('tells of the instances of a conversation in what state they were when', async () => {
  const { rows } = await storage.pool.query<{ id: string }>(
    `SELECT conversation_id AS id FROM processes WHERE key = '2'`,
  )
  const found = (await findProcessesOf({ pool: storage.pool, catalog, people, processes: [] }, rows[0]!.id)).find(
    (each) => each.key === '2',
  )!
  expect(found.steps.map(({ version, state }) => [version, state])).toEqual([
    [1, 'open'],
    [2, 'shipping'],
  ])
  expect(standAt(found, null)).toMatchObject({ version: 2, state: 'shipping', status: 'completed' })
  expect(standAt(found, Date.parse(found.steps[0]!.at) - 1)).toBeNull()
})

it('tells what an instance remembers of its person, until that person is erased', async () => {
  const person = newId()
  const seal = await people.sealFor([person])
  const context = { ...seal(person, { lines: 3 }) }
  await add('5', { subjectId: person, context })
  await add('5', { subjectId: person, context: { ...seal(person, { lines: 4 }) }, version: 2 })
  const found = () =>
    findProcess({ pool: storage.pool, catalog, people, processes: [] }, { name: 'shop.order', key: '5' })
  expect(await found()).toMatchObject({ contextJson: '{"lines":4}' })
  expect((await found())!.revisions[0]!.changes).toContainEqual({ path: 'context.lines', before: undefined, after: 4 })
  await storage.unitOfWork.run((tx) => storage.personKeys.erase(tx, person))
  expect(await found()).toMatchObject({ contextJson: '{"masked":"erased"}' })
  expect((await found())!.revisions.flatMap((each) => each.changes)).toEqual([
    { path: 'state', before: undefined, after: 'open' },
  ])
})

it('tells of an instance that this build does not know, without a chart', async () => {
  const parts = { pool: storage.pool, catalog, people, processes: [] }
  expect(await findProcess(parts, { name: 'shop.order', key: '1' })).toMatchObject({ chart: null, waitingFor })
  expect(await findProcess(parts, { name: 'shop.order', key: 'nobody' })).toBeNull()
})
