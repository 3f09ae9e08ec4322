import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newId } from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { chainBatch, verifyChain } from './chain.ts'

let database: TestDatabase
let pool: pg.Pool

beforeEach(async () => {
  database = await createTestDatabase()
  pool = new pg.Pool({ connectionString: database.url, max: 8 })
  pool.on('error', () => {})
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

it('entries are only added: nobody changes, removes or empties them, nor the chain', async () => {
  const [id] = await add(1)
  await chainBatch(pool)
  for (const table of ['audit_entries', 'audit_chain']) {
    await expect(pool.query(`DELETE FROM ${table}`)).rejects.toThrow(/only added to|append-only/)
    await expect(pool.query(`TRUNCATE ${table}`)).rejects.toThrow(/only added to|append-only/)
  }
  await expect(pool.query(`UPDATE audit_entries SET action = 'x' WHERE id = $1`, [id])).rejects.toThrow(
    /only added to|append-only/,
  )
})

it('every entry is linked once, also where two leaders are at it and entries come at once', async () => {
  const [first, , second] = await Promise.all([add(40), chainBatch(pool), add(40), chainBatch(pool), chainBatch(pool)])
  await Promise.all([chainBatch(pool), chainBatch(pool)])
  expect((await linked()).sort()).toEqual([...first, ...second].sort())
  expect(await verifyChain(pool)).toMatchObject({ entries: 80, unchained: 0, broken: null })
})

it('an entry that comes late, behind others, is linked too', async () => {
  const late = await pool.connect()
  const id = newId()
  await late.query('BEGIN')
  await late.query(`INSERT INTO audit_entries (id, at, action) VALUES ($1, now(), 'test.late')`, [id])
  await add(3)
  await chainBatch(pool)
  await late.query('COMMIT')
  late.release()
  await chainBatch(pool)
  expect((await linked()).at(-1)).toBe(id)
  expect(await verifyChain(pool)).toMatchObject({ entries: 4, broken: null })
})

it('names the first entry that was changed, removed or slipped in', async () => {
  await add(1_200)
  while ((await chainBatch(pool)) > 0);
  const ids = await linked()
  const whole = await verifyChain(pool)
  expect(whole).toMatchObject({ entries: 1_200, broken: null, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })

  await tamper(`UPDATE audit_entries SET details = '{"a": "y"}' WHERE id = $1`, [ids[900]])
  expect(await verifyChain(pool)).toMatchObject({ entries: 900, broken: { position: '901', entryId: ids[900] } })
  await tamper('DELETE FROM audit_entries WHERE id = $1', [ids[700]])
  expect((await verifyChain(pool)).broken).toMatchObject({ entryId: ids[700], problem: 'the entry is gone' })
  await tamper('DELETE FROM audit_chain WHERE position = 501')
  expect((await verifyChain(pool)).broken).toMatchObject({ position: '502' })
})
