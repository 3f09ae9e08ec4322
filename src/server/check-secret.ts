import type { Pool } from 'pg'
import { BusError, type Catalog, type Envelope } from '../bus/index.ts'
import { StartupError } from './startup-error.ts'

/** Of the newest messages those that may hold a sealed field: a person's own text may only look like one. */
const MAY_BE_SEALED = `
  SELECT name, version, body FROM (SELECT * FROM messages ORDER BY occurred_at DESC, id DESC LIMIT 1000) AS newest
  WHERE body::text LIKE '%"sealed:%' ORDER BY occurred_at DESC, id DESC LIMIT 50`

type Stored = Pick<Envelope, 'name' | 'version' | 'body'>

/**
 * Tries APP_SECRET on the newest secret that the database holds. With another one every sign-up would seem to work,
 * and every mail that waits would die.
 *
 * @throws StartupError when it was sealed with another APP_SECRET.
 */
export async function checkSecret({ pool, catalog }: { pool: Pool; catalog: Catalog }): Promise<void> {
  const { rows } = await pool.query<Stored>(MAY_BE_SEALED)
  const newest = rows.find((row) => JSON.stringify(catalog.mask(row.name, row.version, row.body)).includes(SECRET))
  if (!newest || canOpen(catalog, newest)) return
  throw new StartupError(
    'APP_SECRET does not fit the database: what it holds was sealed with another one.',
    'Give the one it was used with (where none was set it is in the file app-secret of DATA_DIR). ' +
      `Is that lost, then so are these secrets; to go on without them: DELETE FROM messages WHERE body::text LIKE '%"sealed:%'`,
  )
}

const SECRET = '{"masked":"secret"}'

function canOpen(catalog: Catalog, stored: Stored): boolean {
  try {
    catalog.decode(stored as Envelope)
    return true
  } catch (error) {
    return !(error instanceof BusError && error.code === 'unsealable')
  }
}
