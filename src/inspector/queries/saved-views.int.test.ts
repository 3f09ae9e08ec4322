import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../bus/index.ts'
import { createTestDatabase } from '../../server/database/testing.ts'
import { findSavedViews } from './saved-views.ts'

const IN_CLEAR = { openText: async (stored: string) => stored }

let database: Awaited<ReturnType<typeof createTestDatabase>>
let pool: pg.Pool

beforeAll(async () => {
  database = await createTestDatabase()
  pool = new pg.Pool({ connectionString: database.url, max: 2 })
  pool.on('error', () => {})
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

it('shows one’s own views first, then what others share, and nothing that is private to them', async () => {
  const [anna, ben] = await Promise.all(['Anna', 'Ben'].map(addPerson))
  await addView(anna!, 'zeta', false)
  await addView(anna!, 'alpha', true)
  await addView(ben!, 'of all', true)
  await addView(ben!, 'of Ben alone', false)
  const seen = (await findSavedViews({ pool, people: IN_CLEAR }, anna!)).map(({ name, isOwn, owner }) => [
    name,
    isOwn,
    owner,
  ])
  expect(seen).toEqual([
    ['alpha', true, 'Anna'],
    ['zeta', true, 'Anna'],
    ['of all', false, 'Ben'],
  ])
  await pool.query('DELETE FROM users WHERE id = $1', [ben])
  expect(await findSavedViews({ pool, people: IN_CLEAR }, anna!)).toHaveLength(2)
})

async function addPerson(name: string): Promise<string> {
  const id = newId()
  await pool.query(
    `INSERT INTO users (id, email, email_key, name, password_hash, sign_up_conversation_id)
     VALUES ($1, $2, $2, $2, '-', $1)`,
    [id, name],
  )
  return id
}

async function addView(ownerId: string, name: string, isShared: boolean): Promise<void> {
  await pool.query(
    `INSERT INTO saved_views (id, owner_id, name, filter, is_shared) VALUES ($1, $2, $3, 'state:dead', $4)`,
    [newId(), ownerId, name, isShared],
  )
}
