import { isSealedSecret, isSealedValue } from '../../bus/index.ts'
import { BATCH, type ResealingParts, type Rest } from './parts.ts'

interface Stored {
  id: string
  name: string
  version: number
  subject_id: string | null
  body: unknown
}

/** Bodies and replies, in the order of their ids. Yields up to where it has come. */
export async function* resealMessages(parts: ResealingParts, from: string, rest: Rest): AsyncIterable<string> {
  const { pool } = parts.storage
  for (let after = from; ; ) {
    const { rows } = await pool.query<Stored>(
      `SELECT id, name, version, subject_id, body FROM messages WHERE id > $1 ORDER BY id LIMIT ${BATCH}`,
      [after],
    )
    let changed = 0
    for (const row of rows) {
      const body = await sealPersonal(parts, row, resealed(parts, row.body))
      if (body === row.body) continue
      await pool.query('UPDATE messages SET body = $2 WHERE id = $1', [row.id, JSON.stringify(body)])
      changed += 1
    }
    const ids = rows.map((each) => each.id)
    await resealReplies(parts, ids)
    if (rows.length > 0) yield rows.at(-1)!.id
    await rest(changed)
    if (rows.length < BATCH) return
    after = rows.at(-1)!.id
  }
}

/** Of what was stored before there were keys of people. */
async function sealPersonal(
  { catalog, people }: ResealingParts,
  { name, version, subject_id }: Stored,
  body: unknown,
): Promise<unknown> {
  const definition = catalog.find(name, version)
  if (!definition || !catalog.holdsPersonal(name, version, 'body')) return body
  const seal = await people.sealFor(subject_id === null ? [] : [subject_id])
  let isChanged = false
  const sealed = catalog.sealPersonal(definition, 'body', body, (field) => {
    isChanged = true
    return seal(subject_id, field)
  })
  return isChanged ? sealed : body
}

async function resealReplies(parts: ResealingParts, messageIds: readonly string[]): Promise<void> {
  const { pool } = parts.storage
  const { rows } = await pool.query<{ id: string; reply: unknown }>(
    `SELECT id, reply FROM deliveries
     WHERE message_id = ANY ($1::uuid[]) AND (reply::text LIKE '%"sealed:%' OR reply::text LIKE '%"personal:v1:-:%')`,
    [messageIds],
  )
  for (const { id, reply } of rows) {
    const next = resealed(parts, reply)
    if (next !== reply) await pool.query('UPDATE deliveries SET reply = $2 WHERE id = $1', [id, JSON.stringify(next)])
  }
}

/** Secrets, and what is nobody's. The same value where nothing in it changes. */
function resealed(parts: ResealingParts, value: unknown): unknown {
  if (typeof value === 'string') return isSealedSecret(value) ? resealedText(parts, value) : value
  if (typeof value !== 'object' || value === null) return value
  if (isSealedValue(value)) return parts.people.reseal(value) ?? value
  const entries = Object.entries(value).map(([key, part]) => [key, part, resealed(parts, part)] as const)
  if (entries.every(([, before, after]) => before === after)) return value
  const next = entries.map(([key, , after]) => [key, after] as const)
  return Array.isArray(value) ? next.map(([, part]) => part) : Object.fromEntries(next)
}

/** Somebody's own text may only look sealed. */
function resealedText({ sealer }: ResealingParts, text: string): string {
  try {
    return sealer.reseal(text) ?? text
  } catch {
    return text
  }
}
