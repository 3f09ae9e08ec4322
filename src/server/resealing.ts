/**
 * Seals anew what is stored: what was in clear before there were keys of people, and what was sealed with the previous
 * APP_SECRET. In batches, each of which leaves alone what is as it should be: it can be stopped and begun again.
 */
import { setTimeout as delay } from 'node:timers/promises'
import {
  type Catalog,
  isSealedSecret,
  isSealedText,
  type PersonalTable,
  type PersonKeys,
  type Sealer,
} from '../bus/index.ts'
import type { PrivateStorage } from '../postgres/index.ts'

const BATCH = 200
const PAUSE_MS = 20
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

export interface ResealingParts {
  storage: Pick<PrivateStorage, 'pool' | 'personal'>
  catalog: Catalog
  people: PersonKeys
  sealer: Sealer
  tables: readonly PersonalTable[]
  /** What makes two e-mail addresses the same. */
  emailKeyOf(email: string): string
  /** Whether what belongs to nobody is sealed anew: which of the secrets sealed it cannot be seen. */
  isRotation?: boolean
}

/** What the leader does until nothing is in clear any more. */
export function sealOldRowsJob(parts: ResealingParts) {
  return {
    name: 'seal-old-rows',
    everyMs: 60_000,
    run: async (signal: AbortSignal) => {
      const { pool } = parts.storage
      const { rows } = await pool.query<{ after_message: string }>(
        'SELECT after_message FROM sealing_progress WHERE done_at IS NULL',
      )
      if (!rows[0]) return
      await resealTables(parts, signal)
      for await (const after of resealMessages(parts, rows[0].after_message)) {
        await pool.query('UPDATE sealing_progress SET after_message = $1', [after])
        if (signal.aborted) return
        await delay(PAUSE_MS)
      }
      if (!signal.aborted) await pool.query('UPDATE sealing_progress SET done_at = now()')
    },
  }
}

export interface Rotated {
  keys: number
  rows: number
  messages: number
}

/** Everything that the previous APP_SECRET sealed, under the present one. Safe to repeat. */
export async function rotateSecret(parts: ResealingParts): Promise<Rotated> {
  const keys = await resealKeys(parts)
  const rows = await resealTables(parts)
  const counter = { changed: 0 }
  for await (const _ of resealMessages({ ...parts, isRotation: true }, FIRST_ID, counter));
  return { keys, rows, messages: counter.changed }
}

async function resealKeys({ storage: { pool }, sealer }: ResealingParts): Promise<number> {
  let [after, changed] = [FIRST_ID, 0]
  for (;;) {
    const { rows } = await pool.query<{ person_id: string; wrapped_key: string }>(
      `SELECT person_id, wrapped_key FROM person_keys WHERE person_id > $1 AND wrapped_key IS NOT NULL
       ORDER BY person_id LIMIT ${BATCH}`,
      [after],
    )
    for (const { person_id, wrapped_key } of rows) {
      const resealed = sealer.reseal(wrapped_key)
      if (resealed === null) continue
      // Who was erased meanwhile has no key any more, and gets none.
      const update = 'UPDATE person_keys SET wrapped_key = $3 WHERE person_id = $1 AND wrapped_key = $2'
      changed += (await pool.query(update, [person_id, wrapped_key, resealed])).rowCount ?? 0
    }
    if (rows.length < BATCH) return changed
    after = rows.at(-1)!.person_id
  }
}

async function resealTables(parts: ResealingParts, signal?: AbortSignal): Promise<number> {
  let changed = 0
  for (const table of parts.tables) {
    if (signal?.aborted) break
    if (typeof table.person === 'string' && table.sealed.length > 0)
      changed += await resealRows(parts, table, table.person, signal)
  }
  return changed
}

type Row = Record<string, string | null> & { place: string; person: string | null }

/** By the place of the row: whoever changes it meanwhile writes it sealed. */
async function resealRows(
  parts: ResealingParts,
  table: PersonalTable,
  person: string,
  signal?: AbortSignal,
): Promise<number> {
  const { storage } = parts
  const columns = [...table.sealed, ...(table.hashed ?? [])]
  const listed = columns.map((each) => `"${each}"`).join(', ')
  const own = columns.includes(person) ? '' : `, "${person}" AS person`
  let [block, changed] = [0, 0]
  const { rows: sizes } = await storage.pool.query<{ blocks: number }>(
    `SELECT (pg_relation_size($1::regclass) / current_setting('block_size')::int)::int AS blocks`,
    [table.table],
  )
  for (; block <= sizes[0]!.blocks && !signal?.aborted; block += BLOCKS) {
    const { rows } = await storage.pool.query<Row>(
      `SELECT ctid::text AS place, ${listed}${own} FROM "${table.table}" WHERE ctid >= $1::tid AND ctid < $2::tid`,
      [`(${block},0)`, `(${block + BLOCKS},0)`],
    )
    for (const row of rows) if (await resealRow(parts, table, row)) changed += 1
  }
  return changed
}

const BLOCKS = 16

async function resealRow(
  parts: ResealingParts,
  { table, sealed, hashed = [] }: PersonalTable,
  row: Row,
): Promise<boolean> {
  const { pool, personal } = parts.storage
  const next: Record<string, string> = {}
  for (const column of sealed) {
    const text = row[column]
    if (typeof text === 'string' && !isSealedText(text)) next[column] = await personal.sealText(row.person, text)
  }
  const email = typeof row.email === 'string' ? await personal.openText(row.email) : null
  for (const column of hashed) {
    const stored = row[column]
    // A deleted account is found by no address.
    if (typeof stored !== 'string' || email === null || stored.startsWith('deleted:')) continue
    const [present] = personal.lookUps(parts.emailKeyOf(email))
    if (present !== undefined && stored !== present) next[column] = present
  }
  const changed = Object.keys(next)
  if (changed.length === 0) return false
  const set = changed.map((column, index) => `"${column}" = $${index + 2}`).join(', ')
  // Another row may have taken the place since, and this one another text.
  const same = changed.map((column, index) => `"${column}" = $${index + 2 + changed.length}`).join(' AND ')
  const { rowCount } = await pool.query(`UPDATE "${table}" SET ${set} WHERE ctid = $1::tid AND ${same}`, [
    row.place,
    ...Object.values(next),
    ...changed.map((column) => row[column]),
  ])
  const key = next.email_key
  // Links that were sent to the address go by the same key.
  if (rowCount && key && table === 'users') await moveConfirmations(parts, row.person, String(row.email_key), key)
  return rowCount === 1
}

async function moveConfirmations({ storage }: ResealingParts, userId: string | null, from: string, to: string) {
  await storage.pool.query('UPDATE email_confirmations SET email_key = $3 WHERE user_id = $1 AND email_key = $2', [
    userId,
    from,
    to,
  ])
}

interface Stored {
  id: string
  name: string
  version: number
  subject_id: string | null
  body: unknown
}

/** Yields up to where it has come. */
async function* resealMessages(parts: ResealingParts, from: string, counter = { changed: 0 }): AsyncIterable<string> {
  const { pool } = parts.storage
  for (let after = from; ; ) {
    const { rows } = await pool.query<Stored>(
      `SELECT id, name, version, subject_id, body FROM messages WHERE id > $1 ORDER BY id LIMIT ${BATCH}`,
      [after],
    )
    for (const row of rows) {
      const body = await resealBody(parts, row)
      if (body === row.body) continue
      await pool.query('UPDATE messages SET body = $2 WHERE id = $1', [row.id, JSON.stringify(body)])
      counter.changed += 1
    }
    await resealReplies(
      parts,
      rows.map((each) => each.id),
    )
    if (rows.length > 0) yield rows.at(-1)!.id
    if (rows.length < BATCH) return
    after = rows.at(-1)!.id
  }
}

async function resealBody(
  { catalog, people, sealer, isRotation }: ResealingParts,
  { name, version, subject_id, body }: Stored,
): Promise<unknown> {
  const secrets = resealSecrets(sealer, body)
  const definition = catalog.find(name, version)
  if (!definition || !catalog.holdsPersonal(name, version, 'body')) return secrets
  const seal = await people.sealFor(subject_id === null ? [] : [subject_id])
  if (isRotation && subject_id === null) {
    const { value } = await people.open(secrets)
    return catalog.sealPersonal(definition, 'body', value, (field) => seal(null, field))
  }
  let isChanged = secrets !== body
  const sealed = catalog.sealPersonal(definition, 'body', secrets, (field) => {
    isChanged = true
    return seal(subject_id, field)
  })
  return isChanged ? sealed : body
}

async function resealReplies(
  { storage: { pool }, sealer }: ResealingParts,
  messageIds: readonly string[],
): Promise<void> {
  const { rows } = await pool.query<{ id: string; reply: unknown }>(
    `SELECT id, reply FROM deliveries WHERE message_id = ANY ($1::uuid[]) AND reply::text LIKE '%"sealed:%'`,
    [messageIds],
  )
  for (const { id, reply } of rows) {
    const next = resealSecrets(sealer, reply)
    if (next !== reply) await pool.query('UPDATE deliveries SET reply = $2 WHERE id = $1', [id, JSON.stringify(next)])
  }
}

/** The same value where nothing in it changes. */
function resealSecrets(sealer: Sealer, value: unknown): unknown {
  if (typeof value === 'string') return isSealedSecret(value) ? resealText(sealer, value) : value
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, part]) => [key, part, resealSecrets(sealer, part)] as const)
  if (entries.every(([, before, after]) => before === after)) return value
  const parts = entries.map(([key, , after]) => [key, after] as const)
  return Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts)
}

/** Somebody's own text may only look sealed. */
function resealText(sealer: Sealer, text: string): string {
  try {
    return sealer.reseal(text) ?? text
  } catch {
    return text
  }
}
