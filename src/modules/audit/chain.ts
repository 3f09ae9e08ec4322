/**
 * The chain of the audit: each link holds the hash of its entry and of the link before, so that whoever changes, removes
 * or slips in an entry breaks it from there on. Links are made by one leader, behind the entries: whoever adds an entry
 * waits for nobody. How far the chain reaches is kept beside it, under a seal of APP_SECRET: whoever owns the database
 * alone can neither cut off its end nor make up another one. See `chain-head.ts`.
 */
import { createHash } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { Sealer } from '../../bus/index.ts'
import { type Head, headOf, problemOfEnd, readHead, writeHead } from './chain-head.ts'

const BATCH = 500
/** An entry whose transaction was open while so many others were added is found by the next whole look. */
const LOOK_BACK = 10_000
const EVERY_MS = 2_000
const CHAIN_LOCK = 4_719_003

const COLUMNS = `e.id, e.at, e.actor_id, e.action, e.subject_id, e.message_id, e.conversation_id, e.details::text AS details,
  e.number`

interface EntryRow {
  id: string
  at: Date
  actor_id: string | null
  action: string
  subject_id: string | null
  message_id: string | null
  conversation_id: string | null
  /** As PostgreSQL writes it: always the same for the same value. */
  details: string
  number: string
}

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

export interface ChainParts {
  pool: Pool
  sealer: Sealer
}

/** What the leader does every two seconds. */
export function auditChainJob(parts: ChainParts, tell: (batch: ChainedBatch) => void) {
  let looked: AbortSignal | undefined
  return {
    name: 'audit-chain',
    everyMs: EVERY_MS,
    run: async (signal: AbortSignal) => {
      // Whoever leads anew, which a signal of its own tells, looks at everything once.
      const isFirst = looked !== signal
      let after = isFirst ? FIRST : null
      while (!signal.aborted) {
        const batch = await chainBatch(parts, after)
        if (isFirst || batch.linked > 0) tell(batch)
        if (batch.linked < BATCH) break
        after = batch.last
      }
      if (!signal.aborted) looked = signal
    },
  }
}

/** Before the number of every entry. */
export const FIRST = '0'

export interface ChainedBatch {
  linked: number
  /** The number of the last entry that was linked: a whole look goes on from there. */
  last: string
  /** Of the newest link. */
  head: Head
  /** What was wrong with its end before. */
  endProblem: string | null
}

/**
 * Links entries that are in no link yet.
 *
 * @param after the number of the entry to begin behind; null looks at the newest entries alone
 */
export async function chainBatch({ pool, sealer }: ChainParts, after: string | null = null): Promise<ChainedBatch> {
  const connection = await pool.connect()
  try {
    await connection.query('BEGIN')
    // A former leader may still be at it.
    await connection.query('SELECT pg_advisory_xact_lock($1)', [CHAIN_LOCK])
    const batch = await link(connection, sealer, after)
    await connection.query('COMMIT')
    return batch
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => {})
    throw error
  } finally {
    connection.release()
  }
}

async function link(connection: PoolClient, sealer: Sealer, after: string | null): Promise<ChainedBatch> {
  const from = after ?? (await connection.query<{ floor: string }>(FLOOR)).rows[0]!.floor
  const { rows: entries } = await connection.query<EntryRow>(UNCHAINED, [from])
  const [newest = NO_LINK] = (await connection.query<Head>(NEWEST)).rows
  const sealed = await readHead(connection)
  const endProblem = problemOfEnd(sealer, sealed, newest)
  const head = await addLinks(connection, newest, entries)
  // The seal of an end that was lost stays as it is, and tells of it.
  if (endProblem === null && (entries.length > 0 || sealed?.seal !== headOf(sealer, head).seal)) {
    await writeHead(connection, headOf(sealer, head))
  }
  return { linked: entries.length, last: entries.at(-1)?.number ?? from, head, endProblem }
}

async function addLinks(connection: PoolClient, newest: Head, entries: readonly EntryRow[]): Promise<Head> {
  if (entries.length === 0) return newest
  let [position, hash] = [BigInt(newest.position), newest.hash]
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
  return { position: position.toString(), hash }
}

const NEWEST = 'SELECT position, hash FROM audit_chain ORDER BY position DESC LIMIT 1'
const NO_LINK: Head = { position: '0', hash: '' }

function hashOf(before: string, { at, details, ...entry }: EntryRow): string {
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
  /** What is wrong with its end; null where it is the one that was sealed. */
  endProblem: string | null
}

const LINKS = `
  SELECT c.position, c.entry_id, c.hash, ${COLUMNS}
  FROM audit_chain AS c LEFT JOIN audit_entries AS e ON e.id = c.entry_id
  WHERE c.position > $1 ORDER BY c.position LIMIT ${BATCH}`

interface LinkRow extends EntryRow {
  position: string
  entry_id: string
  hash: string
}

/** Walks the chain from its beginning, and names the first link that does not hold. */
export async function verifyChain({ pool, sealer }: ChainParts): Promise<ChainReport> {
  // Before the walk: it may grow meanwhile, but not shrink.
  const sealed = await readHead(pool)
  let end: Head = NO_LINK
  let broken: ChainReport['broken'] = null
  for await (const row of links(pool)) {
    const problem = problemOf(row, BigInt(end.position) + 1n, end.hash)
    if (problem) {
      broken = { position: row.position, entryId: row.entry_id, problem }
      break
    }
    end = { position: row.position, hash: row.hash }
  }
  const endProblem = broken ? null : problemOfEnd(sealer, sealed, end)
  return {
    entries: Number(end.position),
    hash: end.hash || null,
    unchained: await countUnchained(pool),
    broken,
    endProblem,
  }
}

async function* links(pool: Pool): AsyncIterable<LinkRow> {
  for (let after = NO_LINK.position; ; ) {
    const { rows } = await pool.query<LinkRow>(LINKS, [after])
    yield* rows
    if (rows.length < BATCH) return
    after = rows.at(-1)!.position
  }
}

function problemOf(row: LinkRow, position: bigint, before: string): string | null {
  if (BigInt(row.position) !== position) return `the link before it is gone`
  // Nothing was joined: the columns of the entry are empty.
  if ((row.id as string | null) === null) return 'the entry is gone'
  return hashOf(before, row) === row.hash ? null : 'the entry, or the link before it, is not what it was'
}

async function countUnchained(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ unchained: number }>(
    `SELECT count(*)::int AS unchained FROM audit_entries AS e
     WHERE NOT EXISTS (SELECT FROM audit_chain AS c WHERE c.entry_id = e.id)`,
  )
  return rows[0]!.unchained
}

/**
 * Seals the end that the chain has now: after an upgrade, or when it is known why the sealed one is gone. Only of a chain
 * that holds otherwise.
 */
export async function acceptEnd(parts: ChainParts): Promise<ChainReport> {
  const report = await verifyChain(parts)
  if (report.broken) return report
  const { rows } = await parts.pool.query<Head>(NEWEST)
  await writeHead(parts.pool, headOf(parts.sealer, rows[0] ?? NO_LINK))
  return { ...report, endProblem: null }
}
