/**
 * The chain of the audit: each link holds the hash of its entry and of the link before, so that whoever changes, removes
 * or slips in an entry breaks it from there on. Links are made by one leader, behind the entries: whoever adds an entry
 * waits for nobody. The hash of the newest link, noted elsewhere, is what a chain that was made up anew would not have.
 */
import { createHash } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'

const BATCH = 500
/** An entry whose transaction was open while so many others were added is found by the next whole look. */
const LOOK_BACK = 10_000
const EVERY_MS = 2_000
const CHAIN_LOCK = 4_719_003

const COLUMNS = `e.id, e.at, e.actor_id, e.action, e.subject_id, e.message_id, e.conversation_id, e.details::text AS details`

interface Entry {
  id: string
  at: Date
  actor_id: string | null
  action: string
  subject_id: string | null
  message_id: string | null
  conversation_id: string | null
  /** As PostgreSQL writes it: always the same for the same value. */
  details: string
}

const NEWEST = 'SELECT position, hash FROM audit_chain ORDER BY position DESC LIMIT 1'

const UNCHAINED = `
  SELECT ${COLUMNS} FROM audit_entries AS e
  WHERE e.number > $1 AND NOT EXISTS (SELECT FROM audit_chain AS c WHERE c.entry_id = e.id)
  ORDER BY e.number LIMIT ${BATCH}`

const FLOOR = `
  SELECT coalesce(max(e.number), 0)::bigint - ${LOOK_BACK} AS floor
  FROM audit_chain AS c JOIN audit_entries AS e ON e.id = c.entry_id
  WHERE c.position > (SELECT coalesce(max(position), 0) FROM audit_chain) - ${BATCH}`

const ADD =
  'INSERT INTO audit_chain (position, entry_id, hash) SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::text[])'

/** What the leader does every two seconds. */
export function auditChainJob(pool: Pool) {
  let looked: AbortSignal | undefined
  return {
    name: 'audit-chain',
    everyMs: EVERY_MS,
    run: async (signal: AbortSignal) => {
      // Whoever leads anew, which a signal of its own tells, looks at everything once.
      const isFirst = looked !== signal
      while (!signal.aborted && (await chainBatch(pool, isFirst)) === BATCH);
      if (!signal.aborted) looked = signal
    },
  }
}

/** Links entries that are in no link yet. Returns how many. */
export async function chainBatch(pool: Pool, all = false): Promise<number> {
  const connection = await pool.connect()
  try {
    await connection.query('BEGIN')
    // A former leader may still be at it.
    await connection.query('SELECT pg_advisory_xact_lock($1)', [CHAIN_LOCK])
    const linked = await link(connection, all)
    await connection.query('COMMIT')
    return linked
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => {})
    throw error
  } finally {
    connection.release()
  }
}

async function link(connection: PoolClient, all: boolean): Promise<number> {
  const floor = all ? '0' : (await connection.query<{ floor: string }>(FLOOR)).rows[0]!.floor
  const { rows: entries } = await connection.query<Entry>(UNCHAINED, [floor])
  if (entries.length === 0) return 0
  const [newest] = (await connection.query<{ position: string; hash: string }>(NEWEST)).rows
  let [position, hash] = [BigInt(newest?.position ?? 0), newest?.hash ?? '']
  const links = entries.map((entry) => {
    position += 1n
    hash = hashOf(hash, entry)
    return { position: position.toString(), entryId: entry.id, hash }
  })
  await connection.query(ADD, [
    links.map((each) => each.position),
    links.map((each) => each.entryId),
    links.map((each) => each.hash),
  ])
  return links.length
}

function hashOf(before: string, { at, details, ...entry }: Entry): string {
  const { id, actor_id, action, subject_id, message_id, conversation_id } = entry
  const said = [before, id, at.toISOString(), actor_id, action, subject_id, message_id, conversation_id, details]
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}

export interface ChainReport {
  entries: number
  /** Of the newest link: note it elsewhere. */
  hash: string | null
  /** Entries that are in no link yet. */
  unchained: number
  broken: { position: string; entryId: string; problem: string } | null
}

const LINKS = `
  SELECT c.position, c.entry_id, c.hash, ${COLUMNS}
  FROM audit_chain AS c LEFT JOIN audit_entries AS e ON e.id = c.entry_id
  WHERE c.position > $1 ORDER BY c.position LIMIT ${BATCH}`

interface LinkRow extends Entry {
  position: string
  entry_id: string
  hash: string
}

/** Walks the chain from its beginning, and names the first link that does not hold. */
export async function verifyChain(pool: Pool): Promise<ChainReport> {
  let [position, hash] = [0n, '']
  for (;;) {
    const { rows } = await pool.query<LinkRow>(LINKS, [position.toString()])
    for (const row of rows) {
      const problem = problemOf(row, position + 1n, hash)
      if (problem) return report(pool, position, hash, { position: row.position, entryId: row.entry_id, problem })
      position += 1n
      hash = row.hash
    }
    if (rows.length < BATCH) return report(pool, position, hash, null)
  }
}

function problemOf(row: LinkRow, position: bigint, before: string): string | null {
  if (BigInt(row.position) !== position) return `the link before it is gone`
  // Nothing was joined: the columns of the entry are empty.
  if ((row.id as string | null) === null) return 'the entry is gone'
  return hashOf(before, row) === row.hash ? null : 'the entry, or the link before it, is not what it was'
}

async function report(pool: Pool, position: bigint, hash: string, broken: ChainReport['broken']): Promise<ChainReport> {
  const { rows } = await pool.query<{ unchained: number }>(
    `SELECT count(*)::int AS unchained FROM audit_entries AS e
     WHERE NOT EXISTS (SELECT FROM audit_chain AS c WHERE c.entry_id = e.id)`,
  )
  return { entries: Number(position), hash: hash || null, unchained: rows[0]!.unchained, broken }
}
