/** The database says that its disk is full, as PostgreSQL does, to whatever it is told to. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCommand, handle, handleOutside, type Module, newId } from '../bus/index.ts'
import type { DispatcherEvent } from '../runtime/index.ts'
import { createTestDatabase, type TestDatabase } from './database/testing.ts'
import { checkHealth } from './health.ts'
import { openApi } from './testing/api-stage.ts'
import { startNode, type TestNode } from './testing/nodes.ts'

const command = { version: 1, body: z.object({ number: z.int() }), reply: z.object({}) }
const Count = defineCommand('shop.count', command)
const Call = defineCommand('shop.call', command)

type Statement = 'publish' | 'claim' | 'settle' | 'attempt'

/** What is refused stands in a table; each statement is told apart by what it makes of a delivery. */
const FULL_DISK = `
  CREATE TABLE disk (refuses text[] NOT NULL);
  INSERT INTO disk VALUES ('{}');
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_ARGV[0] = ANY ((SELECT refuses FROM disk)::text[]) THEN
      RAISE 'could not extend file "base/5/16384": No space left on device'
        USING ERRCODE = '53100', HINT = 'Check free disk space.';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER publish BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION refuse('publish');
  CREATE TRIGGER claim BEFORE UPDATE ON deliveries FOR EACH ROW
    WHEN (OLD.state <> 'running' AND NEW.state = 'running') EXECUTE FUNCTION refuse('claim');
  CREATE TRIGGER settle BEFORE UPDATE ON deliveries FOR EACH ROW
    WHEN (OLD.state = 'running' AND NEW.state <> 'running') EXECUTE FUNCTION refuse('settle');
  CREATE TRIGGER attempt BEFORE INSERT ON failed_attempts FOR EACH ROW EXECUTE FUNCTION refuse('attempt')`

it('O5: health knows of it whichever statement of a request was refused', async () => {
  await using stage = await openApi()
  const { pool, disk } = stage.app.storage
  await pool.query(FULL_DISK)
  await pool.query("CREATE TRIGGER try BEFORE INSERT ON try_counts FOR EACH ROW EXECUTE FUNCTION refuse('try')")
  await pool.query("UPDATE disk SET refuses = '{try}'")
  const input = {
    name: 'Ada',
    email: 'ada@example.com',
    password: 'a password of hers',
    phone: '',
    idempotencyKey: newId(),
  }
  expect((await stage.call('accounts.signUp', { input })).status).toBe(500)
  expect(disk.isFull).toBe(true)
  await pool.query("UPDATE disk SET refuses = '{}'")
  expect(await (await stage.call('accounts.signUp', { input })).json()).toMatchObject({
    result: { data: { json: { outcome: 'created' } } },
  })
  expect(disk.isFull).toBe(false)
})

describe('a database whose disk is full', () => {
  let database: TestDatabase
  let node: TestNode
  let events: DispatcherEvent[]
  let calls: number[]

  const shop: Module = {
    name: 'shop',
    messages: [Count, Call],
    subscriptions: [
      handle(Count, { retry: { firstDelayMs: 10 } }, async ({ number }, { tx }) => {
        await tx.query('INSERT INTO effects (number) VALUES ($1)', [number])
        return {}
      }),
      handleOutside(Call, { retry: { firstDelayMs: 10 } }, async ({ number }) => {
        calls.push(number)
        return {}
      }),
    ],
  }

  beforeEach(async () => {
    database = await createTestDatabase()
    events = []
    calls = []
    node = await startNode(database.url, () => [shop], {
      observe: (event) => void events.push(event),
      leaseMs: 2_000,
      graceMs: 500,
    })
    await node.storage.pool.query(FULL_DISK)
    await node.storage.pool.query('CREATE TABLE effects (number int NOT NULL)')
  })
  afterEach(async () => {
    await node.stop()
    await database.drop()
  })

  const refuse = (...statements: Statement[]) => node.storage.pool.query('UPDATE disk SET refuses = $1', [statements])
  const makeRoom = () => refuse()
  const rows = async (text: string) => (await node.storage.pool.query(text)).rows
  const effects = async () =>
    ((await rows('SELECT number FROM effects ORDER BY number')) as { number: number }[]).map((row) => row.number)
  const states = async () => {
    const found = (await rows('SELECT DISTINCT state FROM deliveries')) as { state: string }[]
    return found.map((row) => row.state)
  }
  const numbers = Array.from({ length: 30 }, (_, index) => index)
  const failures = () => events.flatMap((each) => (each.event === 'dispatcher.failed' ? each : []))
  const health = async () => {
    const { pool, wake, disk } = node.storage
    return checkHealth({
      pool,
      wake,
      disk,
      server: { isDiskFull: false },
      migrations: 'applied',
      dispatcher: node.dispatcher,
      feed: null,
    })
  }
  const full = { code: 'disk-full', message: expect.stringMatching(/disk .* is full.*not stored.*Make room/) }

  it('O5: whoever sends is told so and how to go on, nothing is half stored, and health says it until there is room', async () => {
    await refuse('publish')
    await expect(node.bus.send(Count, { number: 1 })).rejects.toMatchObject(full)
    await expect(node.bus.send(Count, { number: 1 }, { idempotencyKey: 'once' })).rejects.toMatchObject(full)
    await expect(node.bus.execute(Count, { number: 1 })).rejects.toMatchObject(full)
    const { unitOfWork, prisma, within } = node.storage
    const sent = unitOfWork.run((tx) => node.bus.send(Count, { number: 1 }, { tx }))
    await expect(sent).rejects.toMatchObject(full)
    const beside = prisma.$transaction((tx) => node.bus.send(Count, { number: 1 }, { tx: within(tx) }))
    await expect(beside).rejects.toMatchObject(full)
    expect((await health()).database).toEqual({ ok: false, detail: 'its disk is full' })
    expect(await rows('SELECT FROM messages')).toEqual([])
    await makeRoom()
    await node.bus.execute(Count, { number: 1 }, { idempotencyKey: 'once' })
    expect((await health()).database).toEqual({ ok: true, detail: 'answers' })
    expect(await effects()).toEqual([1])
  })

  it('O5: what cannot be claimed waits, is asked for ever less often, and is handled once there is room', async () => {
    await refuse('claim')
    await node.storage.unitOfWork.run(async (tx) => {
      for (const number of numbers) await node.bus.send(Count, { number }, { tx })
    })
    await expect.poll(failures).toHaveLength(4)
    expect(failures()[0]).toMatchObject({ error: { code: 'disk-full' } })
    const { dispatcher, database: told } = await health()
    expect([dispatcher.ok, told.detail]).toEqual([false, 'its disk is full'])
    expect(await states()).toEqual(['pending'])
    await makeRoom()
    await expect.poll(effects, { timeout: 10_000 }).toEqual(numbers)
    expect(node.dispatcher.isHealthy).toBe(true)
  })

  it('D4, O5: what was done and cannot be settled is settled once there is room, and not done again', async () => {
    await refuse('settle', 'attempt')
    for (const number of numbers) await node.bus.send(Call, { number })
    // As many as may run at once: the others are not even begun.
    await expect.poll(() => calls.length).toBe(10)
    await expect.poll(async () => (await health()).database.detail).toBe('its disk is full')
    await makeRoom()
    await expect.poll(states, { timeout: 10_000 }).toEqual(['succeeded'])
    expect(calls.toSorted((a, b) => a - b)).toEqual(numbers)
  })

  it('D1, O5: nothing is lost nor dies where there is no room for longer than a lease, and no effect is there twice', async () => {
    await refuse('settle', 'attempt')
    for (const number of numbers) await node.bus.send(Count, { number })
    // What could not be settled was given up, and cannot be taken back either once its lease has run out.
    const codes = () => failures().map(({ error }) => (error as { code?: unknown }).code)
    await expect.poll(codes, { timeout: 20_000 }).toContain('disk-full')
    await expect.poll(codes, { timeout: 20_000 }).toContain('53100')
    expect(await effects()).toEqual([])
    expect((await states()).includes('dead')).toBe(false)
    expect(failures().length).toBeLessThan(100)
    await makeRoom()
    await expect.poll(states, { timeout: 20_000 }).toEqual(['succeeded'])
    expect(await effects()).toEqual(numbers)
  }, 60_000)
})
