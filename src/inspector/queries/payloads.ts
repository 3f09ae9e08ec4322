import type { Pool } from 'pg'
import type { Catalog, PersonKeys } from '../../bus/index.ts'
import { parseExact, stringifyExact, withExactNumbers } from '../model/payload/exact-json.ts'
import { MOST_PARSED_BY_PAGE } from '../model/payload/payload-source.ts'
import type { Comparable, PayloadView } from '../model/payload/payload-view.ts'
import { type RevealedField, revealedFields } from '../model/payload/revealed.ts'

/** Of what is too long to come with the page the beginning comes. */
const HEAD = 2_000

/** A body of which a masked one is made. */
export interface StoredBody {
  name: string
  version: number
  /** As PostgreSQL writes it: with every digit. */
  body_text: string
  /** Whether its person was erased. */
  is_erased: boolean
}

/** The columns of a stored body, of message `m`. */
export const BODY_COLUMNS = `m.name, m.version, m.body::text AS body_text,
  EXISTS (SELECT FROM person_keys AS k WHERE k.person_id = m.subject_id AND k.erased_at IS NOT NULL) AS is_erased`

/** A body as JSON: classified values masked, numbers with every digit. */
export function maskedJson(catalog: Catalog, { name, version, body_text, is_erased }: StoredBody): string {
  // What is masked is decided on plain values, which the contract knows; only then come the digits.
  const masked = catalog.mask(name, version, JSON.parse(body_text) as unknown, is_erased)
  return stringifyExact(withExactNumbers(masked, parseExact(body_text)))
}

export function toPayloadView(json: string): PayloadView {
  const isWhole = json.length <= MOST_PARSED_BY_PAGE
  return { json: isWhole ? json : json.slice(0, HEAD), length: json.length, isWhole }
}

/** All of it, whatever its length. */
export async function findPayload(pool: Pool, catalog: Catalog, messageId: string): Promise<string | null> {
  const { rows } = await pool.query<StoredBody>({
    name: 'find-payload',
    text: `SELECT ${BODY_COLUMNS} FROM messages AS m WHERE m.id = $1`,
    values: [messageId],
  })
  return rows[0] ? maskedJson(catalog, rows[0]) : null
}

/** What is masked of a body, in clear: of one field, or of all. Only for whoever has noted why. */
export async function findRevealed(
  { pool, catalog, people }: { pool: Pool; catalog: Catalog; people: PersonKeys },
  { messageId, field }: { messageId: string; field: string | null },
): Promise<RevealedField[]> {
  const { rows } = await pool.query<{ name: string; version: number; body: unknown }>(
    'SELECT name, version, body FROM messages WHERE id = $1',
    [messageId],
  )
  const [message] = rows
  if (!message) return []
  const { value, isErased } = await people.open(message.body)
  if (isErased) return []
  return revealedFields(catalog.mask(message.name, message.version, message.body), value, field)
}

export interface MessageSubject {
  personId: string | null
  isErased: boolean
}

export async function findSubject(pool: Pool, messageId: string): Promise<MessageSubject | null> {
  const { rows } = await pool.query<{ subject_id: string | null; is_erased: boolean }>({
    name: 'find-subject',
    text: `
      SELECT m.subject_id, k.erased_at IS NOT NULL AS is_erased
      FROM messages AS m LEFT JOIN person_keys AS k ON k.person_id = m.subject_id WHERE m.id = $1`,
    values: [messageId],
  })
  return rows[0] ? { personId: rows[0].subject_id, isErased: rows[0].is_erased } : null
}

/** No index leads from a type to its messages: so many before it are looked through. */
const LOOKED_THROUGH = 5_000

const COMPARABLES = {
  name: 'find-comparables',
  text: `
    WITH it AS (SELECT id, name, occurred_at, causation_id, conversation_id, retried_from FROM messages WHERE id = $1),
    before AS (
      SELECT m.id, m.name, m.occurred_at, m.conversation_id
      FROM it CROSS JOIN LATERAL (
        SELECT id, name, occurred_at, conversation_id FROM messages
        WHERE (occurred_at, id) < (it.occurred_at, it.id) ORDER BY occurred_at DESC, id DESC LIMIT ${LOOKED_THROUGH}
      ) AS m
      WHERE m.name = it.name
    )
    SELECT 'parent' AS kind, m.id, m.name, m.occurred_at, m.conversation_id FROM it JOIN messages AS m ON m.id = it.causation_id
    UNION ALL
    SELECT 'edited-from', m.id, m.name, m.occurred_at, m.conversation_id FROM it JOIN messages AS m ON m.id = it.retried_from
    UNION ALL
    (SELECT 'edited', m.id, m.name, m.occurred_at, m.conversation_id FROM it JOIN messages AS m
     ON m.conversation_id = it.conversation_id AND m.retried_from = it.id ORDER BY m.occurred_at DESC LIMIT 1)
    UNION ALL
    (SELECT 'previous', id, name, occurred_at, conversation_id FROM before ORDER BY occurred_at DESC, id DESC LIMIT 1)
    UNION ALL
    (SELECT 'last-good', id, name, occurred_at, conversation_id FROM before
     WHERE conversation_id <> (SELECT conversation_id FROM it)
       AND EXISTS (SELECT FROM deliveries AS d WHERE d.message_id = before.id AND d.state = 'succeeded')
       AND NOT EXISTS (SELECT FROM deliveries AS d WHERE d.message_id = before.id AND d.state NOT IN ('succeeded', 'skipped'))
     ORDER BY occurred_at DESC, id DESC LIMIT 1)`,
}

interface ComparableRow {
  kind: Comparable['kind']
  id: string
  name: string
  occurred_at: Date
  conversation_id: string
}

/** What a message may be compared with. */
export async function findComparables(pool: Pool, messageId: string): Promise<Comparable[]> {
  const { rows } = await pool.query<ComparableRow>({ ...COMPARABLES, values: [messageId] })
  return rows.map(({ kind, id, name, occurred_at, conversation_id }) => ({
    kind,
    messageId: id,
    name,
    occurredAt: occurred_at.toISOString(),
    conversationId: conversation_id,
  }))
}
