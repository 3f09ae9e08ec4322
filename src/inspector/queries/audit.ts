import type { Pool } from 'pg'
import type { PersonKeys } from '../../bus/index.ts'
import { type AuditPage, detailsOf } from '../model/audit.ts'

/** So many entries are looked through for one page, the newest first. */
const MOST_LOOKED_AT = 20_000

export interface AuditRequest {
  /** Only what operators did. */
  operatorsOnly: boolean
  before: { at: string; id: string } | null
  limit: number
}

const PAGE = `
  SELECT * FROM (
    SELECT id, at, actor_id, action, subject_id, message_id, conversation_id, details FROM audit_entries
    WHERE $1::timestamptz IS NULL OR (at, id) < ($1::timestamptz, $2::uuid)
    ORDER BY at DESC, id DESC LIMIT ${MOST_LOOKED_AT}
  ) AS newest
  WHERE NOT $3::boolean OR (actor_id IS NOT NULL AND action LIKE 'inspector.%')
  ORDER BY at DESC, id DESC LIMIT $4`

/** The last that was looked at for a page, where there may be more. */
const LAST_LOOKED_AT = `
  SELECT id, at FROM audit_entries WHERE $1::timestamptz IS NULL OR (at, id) < ($1::timestamptz, $2::uuid)
  ORDER BY at DESC, id DESC OFFSET ${MOST_LOOKED_AT - 1} LIMIT 1`

interface Row {
  id: string
  at: Date
  actor_id: string | null
  action: string
  subject_id: string | null
  message_id: string | null
  conversation_id: string | null
  details: unknown
}

/** A page of the audit, the newest first. */
export async function findAudit(
  { pool, people }: { pool: Pool; people: Pick<PersonKeys, 'open'> },
  { operatorsOnly, before, limit }: AuditRequest,
): Promise<AuditPage> {
  const values = [before?.at ?? null, before?.id ?? null, operatorsOnly, limit + 1]
  const { rows } = await pool.query<Row>({ name: 'find-audit', text: PAGE, values })
  const shown = await Promise.all(
    rows.slice(0, limit).map(async (row) => ({
      id: row.id,
      at: row.at.toISOString(),
      actorId: row.actor_id,
      action: row.action,
      subjectId: row.subject_id,
      messageId: row.message_id,
      conversationId: row.conversation_id,
      details: detailsOf(withoutErased((await people.open(row.details)).value)),
    })),
  )
  const last = shown.at(-1)
  if (rows.length > limit && last) return { rows: shown, next: { at: last.at, id: last.id } }
  return { rows: shown, next: operatorsOnly ? await lastLookedAt(pool, before) : null }
}

async function lastLookedAt(pool: Pool, before: AuditRequest['before']): Promise<AuditPage['next']> {
  const values = [before?.at ?? null, before?.id ?? null]
  const { rows } = await pool.query<Pick<Row, 'id' | 'at'>>({ name: 'end-of-audit', text: LAST_LOOKED_AT, values })
  const [row] = rows
  return row ? { at: row.at.toISOString(), id: row.id } : null
}

/** What was sealed for somebody who was erased reads so. */
function withoutErased(details: unknown): unknown {
  if (typeof details !== 'object' || details === null) return details
  const isErased = (value: unknown) => typeof value === 'object' && value !== null && 'erased' in value
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [key, isErased(value) ? 'erased with its person' : value]),
  )
}
