import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSealer, newId } from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import {
  acceptEnd,
  auditChainJob,
  type ChainedBatch,
  type ChainParts,
  chainBatch,
  FIRST,
  verifyChain,
} from './chain.ts'

const SECRET = 'the secret of this test, 32 characters'
const NEW_SECRET = 'the next secret of this test, 32 chars'

let database: TestDatabase
let pool: pg.Pool
let parts: ChainParts

beforeEach(async () => {
  database = await createTestDatabase()
  pool = new pg.Pool({ connectionString: database.url, max: 8 })
  pool.on('error', () => {})
  parts = { pool, sealer: createSealer(SECRET) }
})
afterEach(async () => {
  await pool.end()
  await database.drop()
})

async function add(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId())
  const insert = `INSERT INTO audit_entries (id, at, action, details) VALUES ($1, now(), 'test.done', '{"b": 1.50, "a": "x"}')`
  await Promise.all(ids.map((id) => pool.query(insert, [id])))
  return ids
}

/** As somebody does who owns the database, and not the app. */
async function tamper(text: string, values: unknown[] = []) {
  const connection = await pool.connect()
  await connection.query('SET session_replication_role = replica')
  await connection.query(text, values)
  await connection.query('RESET session_replication_role')
  connection.release()
}

async function linked(): Promise<string[]> {
  const { rows } = await pool.query<{ entry_id: string }>('SELECT entry_id FROM audit_chain ORDER BY position')
  return rows.map((row) => row.entry_id)
}

/** As a node does that leads for a moment. */
async function lead(): Promise<ChainedBatch[]> {
  const told: ChainedBatch[] = []
  await auditChainJob(parts, (batch) => told.push(batch)).run(new AbortController().signal)
  return told
}

it('entries are only added: nobody changes, removes or empties them, nor the chain', async () => {
  const [id] = await add(1)
  await chainBatch(parts)
  for (const table of ['audit_entries', 'audit_chain']) {
    await expect(pool.query(`DELETE FROM ${table}`)).rejects.toThrow(/only added to|append-only/)
    await expect(pool.query(`TRUNCATE ${table}`)).rejects.toThrow(/only added to|append-only/)
  }
  await expect(pool.query(`UPDATE audit_entries SET action = 'x' WHERE id = $1`, [id])).rejects.toThrow(
    /only added to|append-only/,
  )
})

it('every entry is linked once, also where two leaders are at it and entries come at once', async () => {
  const [first, , second] = await Promise.all([
    add(40),
    chainBatch(parts),
    add(40),
    chainBatch(parts),
    chainBatch(parts),
  ])
  await Promise.all([chainBatch(parts), chainBatch(parts)])
  expect((await linked()).sort()).toEqual([...first, ...second].sort())
  expect(await verifyChain(parts)).toMatchObject({ entries: 80, unchained: 0, broken: null })
})

it('an entry that comes late, behind others, is linked too', async () => {
  const late = await pool.connect()
  const id = newId()
  await late.query('BEGIN')
  await late.query(`INSERT INTO audit_entries (id, at, action) VALUES ($1, now(), 'test.late')`, [id])
  await add(3)
  await chainBatch(parts)
  await late.query('COMMIT')
  late.release()
  await chainBatch(parts)
  expect((await linked()).at(-1)).toBe(id)
  expect(await verifyChain(parts)).toMatchObject({ entries: 4, broken: null })
})

it('names the first entry that was changed, removed or slipped in', async () => {
  await add(1_200)
  await lead()
  const ids = await linked()
  const whole = await verifyChain(parts)
  expect(whole).toMatchObject({ entries: 1_200, broken: null, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })

  await tamper(`UPDATE audit_entries SET details = '{"a": "y"}' WHERE id = $1`, [ids[900]])
  expect(await verifyChain(parts)).toMatchObject({ entries: 900, broken: { position: '901', entryId: ids[900] } })
  await tamper('DELETE FROM audit_entries WHERE id = $1', [ids[700]])
  expect((await verifyChain(parts)).broken).toMatchObject({ entryId: ids[700], problem: 'the entry is gone' })
  await tamper('DELETE FROM audit_chain WHERE position = 501')
  expect((await verifyChain(parts)).broken).toMatchObject({ position: '502' })
})

it('a whole look goes on from where it was, and finds each entry once', async () => {
  await add(1_200)
  const batches = await lead()
  expect(batches.map((each) => each.linked)).toEqual([500, 500, 200])
  expect(batches.map((each) => each.last)).toEqual(['500', '1000', '1200'])
  expect(await lead()).toMatchObject([{ linked: 0, head: { position: '1200' } }])
  expect(await chainBatch(parts, FIRST)).toMatchObject({ linked: 0 })
})

it('an end that was cut off is noticed, and stays so when entries are added to it', async () => {
  await add(10)
  await lead()
  expect(await verifyChain(parts)).toMatchObject({ entries: 10, endProblem: null })
  const [last] = (await linked()).slice(-1)
  await tamper('DELETE FROM audit_entries WHERE id = $1', [last])
  await tamper('DELETE FROM audit_chain WHERE entry_id = $1', [last])
  const cut = { entries: 9, broken: null, endProblem: 'its end was cut off: it reached to link 10' }
  expect(await verifyChain(parts)).toMatchObject(cut)

  await add(3)
  expect(await lead()).toMatchObject([{ endProblem: cut.endProblem }])
  expect(await verifyChain(parts)).toMatchObject({ entries: 12, endProblem: 'link 10 is another one than was sealed' })

  // Until somebody who has the secret says that it is known.
  expect(await acceptEnd(parts)).toMatchObject({ endProblem: null })
  await add(1)
  await lead()
  expect(await verifyChain(parts)).toMatchObject({ entries: 13, endProblem: null })
})

it('nobody seals an end without APP_SECRET, nor by taking the seal away', async () => {
  await add(2)
  await lead()
  const { rows: seals } = await pool.query<{ seal: string }>('SELECT seal FROM audit_chain_head')
  await add(2)
  await lead()
  await tamper('DELETE FROM audit_chain WHERE position > 3')
  await pool.query(
    `UPDATE audit_chain_head SET position = 3, hash = c.hash, seal = $1
                    FROM audit_chain AS c WHERE c.position = 3`,
    [seals[0]!.seal],
  )
  expect((await verifyChain(parts)).endProblem).toMatch(/not sealed with this APP_SECRET/)
  await pool.query('DELETE FROM audit_chain_head')
  await lead()
  expect((await verifyChain(parts)).endProblem).toMatch(/may have been cut off/)
})

it('with another APP_SECRET the end is sealed anew, and what a node without it adds is no fault', async () => {
  await add(2)
  await lead()
  const old = parts
  parts = { pool, sealer: createSealer(NEW_SECRET, SECRET) }
  await lead()
  parts = { pool, sealer: createSealer(NEW_SECRET) }
  expect(await verifyChain(parts)).toMatchObject({ entries: 2, endProblem: null })
  await add(2)
  expect(await chainBatch(old)).toMatchObject({ endProblem: expect.stringContaining('APP_SECRET') })
  expect(await verifyChain(parts)).toMatchObject({ entries: 4, endProblem: null })
  await add(1)
  await lead()
  await tamper('DELETE FROM audit_chain WHERE position > 4')
  expect((await verifyChain(parts)).endProblem).toMatch(/reached to link 5/)
})
