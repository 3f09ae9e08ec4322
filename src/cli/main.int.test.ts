import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../bus/index.ts'
import { startEmbeddedPostgres } from '../server/database/embedded-postgres.ts'
import { migrate } from '../server/database/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../server/database/testing.ts'
import { silentLogger } from '../server/logger.ts'
import { type NodeProcess, startWorkerProcess, TEST_SECRET } from '../server/testing/node-process.ts'

const MAIN = path.resolve(import.meta.dirname, 'main.ts')

let database: TestDatabase
let pool: pg.Pool
let dataDir: string

beforeAll(async () => {
  database = await createTestDatabase()
  pool = new pg.Pool({ connectionString: database.url, max: 2 })
  pool.on('error', () => {})
  dataDir = await mkdtemp(path.join(tmpdir(), 'waybill-cli-'))
})
afterAll(async () => {
  await pool.end()
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})
/** Not while a node runs: what it does meanwhile and this would wait for each other. */
const empty = () => pool.query('TRUNCATE messages, deliveries CASCADE')

interface Ended {
  code: number
  out: string
  problem: string
}

function waybill(
  words: string[],
  env: Record<string, string> = { DATABASE_URL: database.url, APP_SECRET: TEST_SECRET },
) {
  return new Promise<Ended>((resolve) => {
    execFile(
      process.execPath,
      [MAIN, ...words],
      { env: { NODE_ENV: 'production', DATA_DIR: dataDir, ...env } },
      (error, out, problem) => resolve({ code: error ? Number(error.code) : 0, out, problem }),
    )
  })
}

const SMS = { userId: newId(), phone: '+41790000000', text: 'hello' }

async function insert(state: string, body: object = SMS, version = 1): Promise<string> {
  const id = newId()
  await pool.query(
    `WITH m AS (
       INSERT INTO messages (id, kind, name, version, body, conversation_id, occurred_at)
       VALUES ($1, 'command', 'communication.send-sms', $2, $3, $1, now()) RETURNING id
     )
     INSERT INTO deliveries (id, message_id, subscription, position, state, max_attempts, due_at, settled_at, fingerprint)
     SELECT $1, id, 'communication.send-sms', 0, $4, 3, now() + interval '1 hour',
            CASE WHEN $4 IN ('dead', 'succeeded') THEN now() END, CASE WHEN $4 = 'dead' THEN 'a group' END FROM m`,
    [id, version, body, state],
  )
  return id
}

describe('npm run waybill', () => {
  describe('by itself', () => {
    beforeEach(empty)

    it('says how it is used, and when it was used wrongly', async () => {
      expect(await waybill(['help'])).toMatchObject({ code: 0, out: expect.stringContaining('check-contracts') })
      expect(await waybill(['frobnicate'])).toMatchObject({ code: 2, problem: expect.stringContaining('no verb') })
      expect(await waybill(['messages', '--limit', 'many'])).toMatchObject({ code: 2 })
      expect(await waybill(['dead-letters', 'discard', newId()])).toMatchObject({
        code: 2,
        problem: expect.stringContaining('--reason'),
      })
    })

    it('checks the settings', async () => {
      expect(await waybill(['check-config'])).toMatchObject({ code: 0 })
      const wrong = await waybill(['check-config'], { PORT: 'first' })
      expect(wrong).toMatchObject({ code: 1, problem: expect.stringContaining('PORT') })
    })

    it('brings a database up to date, and leaves one alone that is', async () => {
      await using empty = await createTestDatabase('empty')
      const env = { DATABASE_URL: empty.url, APP_SECRET: TEST_SECRET }
      const done = { code: 0, out: 'The database is up to date.\n' }
      expect(await waybill(['stats'], env)).toMatchObject({ code: 1 })
      expect(await waybill(['migrate'], env)).toMatchObject(done)
      expect(await waybill(['migrate'], env)).toMatchObject(done)
      expect(await waybill(['stats'], env)).toMatchObject({ code: 0 })
      expect(await waybill(['migrate'], {})).toMatchObject({ code: 2 })
    })

    it('says so where no app runs', async () => {
      const { code, problem } = await waybill(['stats'], {})
      expect([code, problem]).toEqual([1, expect.stringContaining(`No Waybill runs on DATA_DIR ${dataDir}`)])
    })

    it('C11: check-contracts reads all that waits, and finds what this build could not read', async () => {
      await insert('pending')
      await insert('dead')
      const fine = await waybill(['check-contracts', '--json'])
      expect([fine.code, JSON.parse(fine.out)]).toEqual([0, { checked: 2, problems: [] }])
      await insert('succeeded', { broken: true })
      const broken = await insert('dead', { userId: SMS.userId, phone: 41 })
      const later = await insert('pending', SMS, 7)
      const { code, out } = await waybill(['check-contracts', '--json'])
      expect(code).toBe(1)
      expect(JSON.parse(out)).toMatchObject({
        checked: 4,
        problems: [
          { deliveryId: broken, state: 'dead', problem: expect.stringMatching(/phone.*text/) },
          { deliveryId: later, state: 'pending', problem: expect.stringContaining('version 7') },
        ],
      })
    })

    it('refuses to send what is no command, or does not fit', async () => {
      const event = await waybill(['send', 'communication.sms-sent', '{}'])
      expect(event).toMatchObject({ code: 2, problem: expect.stringContaining('Only commands are sent') })
      const unfit = await waybill(['send', 'communication.send-sms', '{"phone": 1}'])
      expect(unfit).toMatchObject({ code: 1, problem: expect.stringContaining('communication.send-sms v1') })
      expect((await pool.query('SELECT FROM messages')).rowCount).toBe(0)
    })

    it('finds the database of an app that runs without DATABASE_URL', async () => {
      const server = await startEmbeddedPostgres({ dataDir, logger: silentLogger })
      try {
        await migrate(server.url, silentLogger)
        expect(await waybill(['stats'], {})).toMatchObject({
          code: 0,
          out: expect.stringContaining('Nothing is open.'),
        })
      } finally {
        await server.stop()
      }
    })
  })

  describe('beside a node', () => {
    let node: NodeProcess

    beforeAll(async () => {
      await empty()
      node = await startWorkerProcess(database.url)
    })
    afterAll(() => node.kill('SIGTERM'))

    it('lets passwords do again where nobody has a passkey left, and demands none', async () => {
      await pool.query('UPDATE account_settings SET is_passkey_demanded = true')
      expect(await waybill(['passkey-demand', 'on'])).toMatchObject({ code: 2 })
      const text = 'Operators and viewers may come in with a password alone.'
      expect(await waybill(['passkey-demand', 'off'])).toMatchObject({ code: 0, out: `${text}\n` })
      expect((await pool.query('SELECT is_passkey_demanded FROM account_settings')).rows).toEqual([
        { is_passkey_demanded: false },
      ])
      expect((await waybill(['passkey-demand', 'off'])).out).toContain('It was so already.')
    })

    it('sends a command, and shows what became of it', async () => {
      const sent = await waybill(['send', 'communication.send-sms', JSON.stringify(SMS), '--json'])
      const { messageId } = JSON.parse(sent.out) as { messageId: string }
      const find = async () =>
        JSON.parse((await waybill(['messages', '--type', 'communication.send-sms', '--json'])).out) as unknown
      await expect
        .poll(find, { timeout: 15_000 })
        .toMatchObject([{ id: messageId, deliveries: 'communication.send-sms succeeded' }])
    })

    it('retries a dead letter once, discards another, and both are in the audit', { timeout: 90_000 }, async () => {
      const [first, second] = [await insert('dead'), await insert('dead')]
      const listed = JSON.parse((await waybill(['dead-letters', 'list', '--json'])).out) as { deliveryId: string }[]
      expect(new Set(listed.map((each) => each.deliveryId))).toEqual(new Set([first, second]))
      expect(await waybill(['dead-letters', 'retry', first])).toMatchObject({ code: 0 })
      expect(await waybill(['dead-letters', 'discard', second, '--reason', 'not needed'])).toMatchObject({ code: 0 })
      const again = await waybill(['dead-letters', 'retry', second])
      expect(again).toMatchObject({ code: 1, out: expect.stringContaining('not done: it is not dead') })
      const actions = async () =>
        (await pool.query('SELECT action FROM audit_entries WHERE subject_id = ANY ($1)', [[first, second]])).rows
      await expect.poll(actions).toHaveLength(2)
    })

    it('verifies the audit, and seals its end where it is told to', { timeout: 60_000 }, async () => {
      const verify = async (...args: string[]) => {
        const { code, out } = await waybill(['verify-audit', ...args, '--json'])
        return { code, ...(JSON.parse(out) as { unchained: number; endProblem: string | null }) }
      }
      await expect.poll(() => verify(), { timeout: 20_000 }).toMatchObject({ code: 0, unchained: 0, endProblem: null })
      await pool.query('DELETE FROM audit_chain_head')
      expect(await verify()).toMatchObject({ code: 1, endProblem: expect.stringContaining('cut off') })
      expect(await verify('--accept')).toMatchObject({ code: 0 })
      expect(await verify()).toMatchObject({ code: 0, endProblem: null })
    })

    it('O6: shows the nodes', async () => {
      const { out } = await waybill(['nodes', '--json'])
      expect(JSON.parse(out)).toMatchObject([{ pid: node.pid, state: 'alive', role: 'worker' }])
    })
  })
})
