/**
 * Rolls up what changed, for all viewers, on the node that leads. The cursor moves in the transaction that counts, and
 * that transaction reads one snapshot: whoever dies in between has counted nothing, and of two that think they lead
 * one is refused. What comes late (an old transaction that commits) is counted at the time at which it happened.
 */
import type { Pool, PoolClient } from 'pg'
import { findNotedSince } from '../queries/changes.ts'
import { countNoted } from './count.ts'

/** Ids in one transaction, about. */
const PAGE = 5_000

/**
 * Its commit waits for no disk: a crash of the database takes back the cursor together with what was counted, and it is
 * counted again. Whoever signs up meanwhile need not wait for that disk either.
 */
const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL synchronous_commit = off'

interface CursorRow {
  cursor: string
  is_remembered: boolean
  is_stale: boolean
}

const READ_CURSOR = `
  SELECT cursor, read_at < now() - interval '10 seconds' AS is_stale,
         coalesce((SELECT tx <= pg_snapshot_xmin(cursor::pg_snapshot)::text::bigint FROM changes_floor), true)
           AS is_remembered
  FROM roll_up_cursor`

/** Of two at once the second waits for the first, and is refused when that has moved the cursor. */
const LOCK_CURSOR = 'SELECT FROM roll_up_cursor FOR UPDATE'

const MOVE_CURSOR = 'UPDATE roll_up_cursor SET cursor = $1, read_at = clock_timestamp()'

/** The changes that were not read are gone: from here on it counts again, and says what is missing. */
const SKIP_GAP = `
  WITH gap AS (
    INSERT INTO roll_up_gaps (from_at, until_at) SELECT read_at, clock_timestamp() FROM roll_up_cursor
    ON CONFLICT (from_at) DO UPDATE SET until_at = excluded.until_at
  )
  UPDATE roll_up_cursor SET cursor = pg_current_snapshot()::text, read_at = clock_timestamp()`

/** Counts one page of what changed. Returns whether there is more to count now. */
export async function rollUpPage(pool: Pool, limit = PAGE): Promise<boolean> {
  const connection = await pool.connect()
  let broken: Error | undefined
  try {
    await connection.query(BEGIN)
    const isMore = await countPage(connection, limit)
    await connection.query('COMMIT')
    return isMore
  } catch (error) {
    await connection.query('ROLLBACK').catch((lost: Error) => {
      broken = lost
    })
    if (isTakenByAnother(error)) return false
    throw error
  } finally {
    connection.release(broken)
  }
}

async function countPage(connection: PoolClient, limit: number): Promise<boolean> {
  const { rows } = await connection.query<CursorRow>(READ_CURSOR)
  const { cursor, is_remembered: isRemembered, is_stale: isStale } = rows[0]!
  if (!isRemembered) {
    await connection.query(SKIP_GAP)
    return false
  }
  const noted = await findNotedSince(connection, cursor, limit)
  const isNews = noted.messageIds.length + noted.deliveryIds.length > 0
  // Where nothing happens nothing is written, but now and then: notes before the cursor may be thrown away.
  if (!isNews && !isStale) return false
  await connection.query(LOCK_CURSOR)
  await countNoted(connection, cursor, noted)
  await connection.query(MOVE_CURSOR, [noted.cursor])
  return noted.cutAfter !== null
}

const SERIALIZATION_FAILURE = '40001'

function isTakenByAnother(error: unknown): boolean {
  return (error as { code?: unknown }).code === SERIALIZATION_FAILURE
}
