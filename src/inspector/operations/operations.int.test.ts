import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { busModule, createRegistry, defineCommand, handleOutside, type Module, newId } from '../../bus/index.ts'
import { createTestBus, type TestBus } from '../../bus/testing/index.ts'
import type { PostgresStorage } from '../../postgres/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { openTestStorage } from '../../server/testing/test-storage.ts'
import { createInspectorModule } from '../index.ts'
import { CancelMessage, DiscardDelivery, RestoreDelivery } from '../messages.ts'
import type { Pace } from '../model/operation.ts'
import {
  AbortOperation,
  PauseOperation,
  ResumeOperation,
  type Selection,
  StartOperation,
  UndoOperation,
} from '../operation-messages.ts'
import { findDeadLetterGroup, findDeadLetterGroups, previewSelection } from '../queries/dead-letters.ts'
import { findDiscarded } from '../queries/discarded.ts'
import { findOperation } from '../queries/operations.ts'
import { findUnderway } from '../queries/underway.ts'
import { forgetOldRollUps } from '../roll-up/retention.ts'
import { OperationsDriver } from './driver.ts'

const Work = defineCommand('shop.work', { version: 1, body: z.object({ name: z.string() }), reply: z.object({}) })
const actorId = newId()
const FAST: Pace = { stages: [], perSecond: 1_000, stopShare: null }

describe('operations on dead deliveries', () => {
  let database: TestDatabase
  let storage: PostgresStorage
  let test: TestBus
  let driver: OperationsDriver
  let parts: Parameters<typeof previewSelection>[0]
  let broken: (name: string) => boolean
  let handled: string[]

  beforeEach(async () => {
    database = await createTestDatabase()
    storage = openTestStorage(database.url, { poolSize: 8, maxAttemptsOf: () => 1 })
    broken = () => true
    handled = []
    const shop: Module = {
      name: 'shop',
      messages: [Work],
      subscriptions: [
        handleOutside(Work, { retry: { maxAttempts: 1 } }, async ({ name }) => {
          handled.push(name)
          if (broken(name)) throw new Error(`no ${name}`)
          return {}
        }),
      ],
    }
    const clock = { now: () => new Date() }
    const inspector = createInspectorModule({
      clock,
      deliveries: storage.deliveries,
      outbox: storage.outbox,
      handlerSettings: storage.handlerSettings,
      planEdited: () => {
        throw new Error('not here')
      },
      planReplay: () => {
        throw new Error('not here')
      },
      messageOf: () => undefined,
      findHandler: () => ({ alwaysRuns: null }),
    })
    const modules = [busModule, shop, inspector]
    test = createTestBus(storage, modules)
    parts = { pool: storage.pool, registry: createRegistry(modules) }
    await storage.pool.query(
      `INSERT INTO users (id, email, email_key, name, password_hash, sign_up_conversation_id)
       VALUES ($1, $2, $2, 'Ada', '-', $1)`,
      [actorId, 'ada@example.com'],
    )
    driver = new OperationsDriver({
      bus: test.bus,
      registry: parts.registry,
      unitOfWork: storage.unitOfWork,
      onError: (error) => {
        throw error
      },
    })
  })
  afterEach(async () => {
    test.stop()
    await storage.stop()
    await database.drop()
  })

  const die = async (...names: string[]) => {
    const before = (await dead()).length
    for (const name of names) await test.bus.send(Work, { name })
    // What is due within this very millisecond may not be yet.
    await expect
      .poll(async () => {
        await test.drain()
        return (await dead()).length
      })
      .toBe(before + names.length)
    await expect.poll(async () => (await previewSelection(parts, EVERYTHING)).count).toBe(before + names.length)
  }
  const dead = async () =>
    (await storage.pool.query<{ id: string }>(`SELECT id FROM deliveries WHERE state = 'dead' ORDER BY settled_at, id`))
      .rows
  const perform = async (command: typeof PauseOperation, operationId: string) => {
    const { reply } = await settle(test.bus.execute(command, { operationId, actorId }))
    return reply.outcome
  }
  const settle = async <T>(asked: Promise<T>): Promise<T> => {
    let isSettled = false
    const settled = asked.finally(() => {
      isSettled = true
    })
    // Something else may be handled before what was asked is there: so until it is answered.
    await expect
      .poll(async () => {
        await test.drain()
        return isSettled
      })
      .toBe(true)
    return settled
  }
  const start = async (selection: Selection, pace: Partial<Pace> = {}, kind: 'retry' | 'discard' = 'retry') => {
    const { asOf } = await previewSelection(parts, selection)
    const body = { kind, selection, asOf, pace: { ...FAST, ...pace }, reason: null, actorId }
    const { reply } = await settle(test.bus.execute(StartOperation, body))
    return reply
  }
  /** As if the pause between two steps were over. */
  const step = async () => {
    await storage.pool.query(
      `UPDATE operations SET next_step_at = now() - interval '1 s' WHERE next_step_at IS NOT NULL`,
    )
    return driver.step()
  }
  const look = (id: string) => findOperation(storage.pool, { id, state: null, after: 0, limit: 100 })
  const outcomes = async (id: string) => (await look(id))!.items.map((each) => each.state)
  const group = async () =>
    (await findDeadLetterGroups(storage.pool, { ...ALL, before: null, limit: 10 })).sections[0]!.groups[0]!

  const reading = () => ({
    pool: storage.pool,
    registry: parts.registry,
    people: { openText: async (name: string) => name },
  })
  const putAside = async () => (await findDiscarded(reading(), { ...ALL, before: null, limit: 10 })).rows

  const ALL = { subscription: null, text: null }
  const EVERYTHING: Selection = { by: 'filter', ...ALL }

  it('I3, R11: groups what died by its kind of failure, and again what was discarded and restored', async () => {
    await die('a', 'b')
    const found = await group()
    expect(found).toMatchObject({ subscription: 'shop.work', count: 2, errorName: 'Error', lastError: 'no b' })
    const rows = await findDeadLetterGroup(storage.pool, { fingerprint: found.fingerprint, before: null, limit: 1 })
    expect(rows).toMatchObject({ count: 2, rows: [{ lastError: 'no b', messageName: 'shop.work' }] })
    const more = await findDeadLetterGroup(storage.pool, {
      fingerprint: found.fingerprint,
      before: rows!.next,
      limit: 1,
    })
    expect(more).toMatchObject({ rows: [{ lastError: 'no a' }], next: null })
    const [first] = await dead()
    await storage.unitOfWork.run((tx) => storage.deliveries.discard(tx, first!.id, 'not needed'))
    expect((await group()).count).toBe(1)
    await storage.unitOfWork.run((tx) => storage.deliveries.restore(tx, first!.id))
    expect((await group()).count).toBe(2)
  })

  it('I4: touches only what was dead when it was confirmed', async () => {
    await die('a', 'b')
    const { asOf } = await previewSelection(parts, EVERYTHING)
    await expect.poll(async () => (await previewSelection(parts, EVERYTHING)).asOf > asOf).toBe(true)
    await die('late')
    const body = { kind: 'retry' as const, selection: EVERYTHING, asOf, pace: FAST, reason: null, actorId }
    const { reply } = await settle(test.bus.execute(StartOperation, body))
    expect(reply.total).toBe(2)
    broken = () => false
    handled = []
    await step()
    await test.drain()
    expect(handled.sort()).toEqual(['a', 'b'])
  })

  it('R9, I5: retries a group; what goes well, fails again and waits are different states', async () => {
    await die('a', 'b', 'c')
    const { fingerprint } = await group()
    const { operationId, total } = await start({ by: 'group', fingerprint }, { perSecond: 2 })
    expect(total).toBe(3)
    const id = operationId!
    broken = (name) => name === 'b'
    await step()
    expect(await outcomes(id)).toEqual(['retried', 'retried', 'waiting'])
    await test.drain()
    await step()
    expect(await outcomes(id)).toEqual(['succeeded', 'failed-again', 'retried'])
    await test.drain()
    await step()
    expect(await look(id)).toMatchObject({
      state: 'completed',
      counts: { succeeded: 2, 'failed-again': 1, waiting: 0, retried: 0 },
    })
  })

  it('R9: goes in stages, over pauses and over another node, and each must go well before the next begins', async () => {
    await die(...Array.from({ length: 14 }, (_, index) => `item ${index}`))
    const { operationId } = await start(EVERYTHING, { stages: [1, 10], stopShare: 0.5 })
    const id = operationId!
    const stages = async () => (await look(id))!.progress.map((each) => each.state)
    broken = () => false
    expect((await look(id))!.progress.map((each) => each.planned)).toEqual([1, 10, 3])
    await step()
    expect(await stages()).toEqual(['running', 'waiting', 'waiting'])
    await test.drain()
    await step()
    expect(await look(id)).toMatchObject({ counts: { succeeded: 1, retried: 10, waiting: 3 } })
    expect(await stages()).toEqual(['passed', 'running', 'waiting'])
    // Paused while a stage is on its way: what comes of it is seen, and nothing new is taken.
    expect(await perform(PauseOperation, id)).toBe('done')
    await test.drain()
    await step()
    expect(await look(id)).toMatchObject({ state: 'paused', counts: { succeeded: 11, waiting: 3 } })
    expect(await stages()).toEqual(['passed', 'running', 'waiting'])
    expect(await perform(ResumeOperation, id)).toBe('done')
    // All it knows stands in rows: another node goes on.
    const other = new OperationsDriver({
      bus: test.bus,
      registry: parts.registry,
      unitOfWork: storage.unitOfWork,
      onError: () => {},
    })
    await storage.pool.query(`UPDATE operations SET next_step_at = now() - interval '1 s'`)
    await other.step()
    expect(await stages()).toEqual(['passed', 'passed', 'running'])
    await test.drain()
    await step()
    expect(await look(id)).toMatchObject({ state: 'completed', counts: { succeeded: 14 } })
    expect(await stages()).toEqual(['passed', 'passed', 'passed'])
  })

  it('R9: a stage that does not go well is the last one', async () => {
    await die(...Array.from({ length: 15 }, (_, index) => `item ${index}`))
    const { operationId } = await start(EVERYTHING, { stages: [1, 10], stopShare: 0.5 })
    broken = (name) => name !== 'item 0'
    await step()
    await test.drain()
    await step()
    await test.drain()
    await step()
    expect(await look(operationId!)).toMatchObject({
      state: 'stopped',
      note: '10 of 10 failed again in the stage of 10, 50 % are too many.',
      counts: { succeeded: 1, 'failed-again': 10, skipped: 4 },
      progress: [{ state: 'passed' }, { state: 'stopped' }, { state: 'waiting' }],
    })
  })

  it('C8: what was asked for before there were stages is done in one', async () => {
    await die('a', 'b')
    const { asOf } = await previewSelection(parts, EVERYTHING)
    const old = { oneFirst: true, perSecond: 1_000, stopShare: null }
    const body = { kind: 'retry', selection: EVERYTHING, asOf, pace: old, reason: null, actorId }
    expect(StartOperation.body.parse(StartOperation.upcast[1]!(body))).toMatchObject({ pace: { stages: [1] } })
  })

  it('R9: pauses, resumes and aborts, and says what is left', async () => {
    await die('a', 'b', 'c')
    const { operationId } = await start(EVERYTHING, { perSecond: 1 })
    const id = operationId!
    broken = () => false
    await step()
    expect(await perform(PauseOperation, id)).toBe('done')
    expect(await perform(PauseOperation, id)).toBe('wrong-state')
    await step()
    expect(await findUnderway(storage.pool)).toEqual([
      { operationId: id, kind: 'retry', state: 'paused', total: 3, known: 1 },
    ])
    expect(await outcomes(id)).toEqual(['succeeded', 'waiting', 'waiting'])
    expect(await perform(ResumeOperation, id)).toBe('done')
    await step()
    expect(await perform(AbortOperation, id)).toBe('done')
    await test.drain()
    await step()
    expect(await look(id)).toMatchObject({ state: 'aborted', counts: { succeeded: 2, skipped: 1 } })
    expect(await perform(ResumeOperation, id)).toBe('wrong-state')
    expect(await perform(AbortOperation, newId())).toBe('unknown')
  })

  it('R11: discards a group, and takes that back', async () => {
    await die('a', 'b')
    const { fingerprint } = await group()
    const discarded = await start({ by: 'group', fingerprint }, {}, 'discard')
    while ((await look(discarded.operationId!))!.state === 'running') await step()
    expect(await dead()).toEqual([])
    expect(await putAside()).toMatchObject([
      { operationId: discarded.operationId, lastError: 'no b', purgedAfter: expect.any(String) },
      { operationId: discarded.operationId, lastError: 'no a' },
    ])
    const { reply } = await settle(test.bus.execute(UndoOperation, { operationId: discarded.operationId!, actorId }))
    expect(reply.total).toBe(2)
    while ((await look(reply.operationId!))!.state === 'running') await step()
    expect((await group()).count).toBe(2)
    expect(await putAside()).toEqual([])
  })

  it('R11: keeps who discarded one and why, until it is restored or removed for good', async () => {
    await die('a', 'b')
    const [first, second] = (await dead()) as [{ id: string }, { id: string }]
    const discard = (deliveryId: string) =>
      settle(test.bus.execute(DiscardDelivery, { deliveryId, actorId, reason: `not ${deliveryId}` }))
    await discard(first.id)
    await discard(second.id)
    const [newest, oldest] = await putAside()
    expect(newest).toMatchObject({ deliveryId: second.id, reason: `not ${second.id}`, by: 'Ada', operationId: null })
    const before = { at: newest!.at, deliveryId: newest!.deliveryId }
    expect((await findDiscarded(reading(), { ...ALL, before, limit: 1 })).rows).toEqual([oldest])
    expect(Date.parse(newest!.purgedAfter!) - Date.parse(newest!.at)).toBeCloseTo(30 * 86_400_000, -4)
    await settle(test.bus.execute(RestoreDelivery, { deliveryId: second.id, actorId }))
    expect(await putAside()).toMatchObject([{ deliveryId: first.id }])
    await storage.pool.query('DELETE FROM deliveries WHERE id = $1', [first.id])
    for await (const _ of forgetOldRollUps(storage.pool));
    expect((await storage.pool.query('SELECT * FROM discards')).rows).toEqual([])
  })

  it('R11: keeps who cancelled what was due later, until it is restored', async () => {
    const at = new Date(Date.now() + 86_400_000)
    const { messageId } = await test.bus.send(Work, { name: 'later' }, { at })
    const cancel = { messageId, actorId, reason: 'not needed' }
    expect((await settle(test.bus.execute(CancelMessage, cancel))).reply.outcome).toBe('done')
    const [cancelled, ...others] = await putAside()
    expect(others).toEqual([])
    expect(cancelled).toMatchObject({ messageId, isCancelled: true, by: 'Ada', reason: 'not needed', lastError: null })
    await settle(test.bus.execute(RestoreDelivery, { deliveryId: cancelled!.deliveryId, actorId }))
    expect(await putAside()).toEqual([])
    const { rows } = await storage.pool.query('SELECT state, due_at FROM deliveries WHERE message_id = $1', [messageId])
    expect(rows).toEqual([{ state: 'pending', due_at: at }])
  })

  it('I6: a selection of nothing starts nothing and says so', async () => {
    expect(await start({ by: 'ids', deliveryIds: [newId()] })).toEqual({ operationId: null, total: 0 })
    expect((await storage.pool.query('SELECT 1 FROM operations')).rows).toEqual([])
  })
})
