import type { Pool } from 'pg'
import type { Registry } from '../../bus/index.ts'
import { type Hit, type HitKind, type Lookup, lookupOf } from '../model/lookup.ts'

/** Of each kind at most so many are offered. */
const MOST = 5

/** Every branch goes by an index; together they cost a few milliseconds, whatever the size of the history. */
const BY_ID = `
  (SELECT 'message' AS kind, name AS title, id::text AS detail, id::text AS link, occurred_at AS at
   FROM messages WHERE id = $1)
  UNION ALL
  (SELECT 'delivery', d.subscription, m.name || ', ' || d.state, d.message_id::text || '?h=' || d.id::text, m.occurred_at
   FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id WHERE d.id = $1)
  UNION ALL
  -- The first message of a conversation has the same id: it is offered alone.
  (SELECT 'conversation', 'Conversation', id::text, conversation_id::text, occurred_at
   FROM messages WHERE conversation_id = $1 AND NOT EXISTS (SELECT FROM messages WHERE id = $1)
   ORDER BY occurred_at, id LIMIT 1)
  UNION ALL
  (SELECT 'person', 'Person', id::text, id::text, created_at FROM users WHERE id = $1)
  UNION ALL
  (SELECT 'operation', kind || ' of ' || total, id::text, id::text, started_at FROM operations WHERE id = $1)`

const BY_PART = `
  (SELECT 'message' AS kind, name AS title, id::text AS detail, id::text AS link, occurred_at AS at
   FROM messages WHERE id BETWEEN $1 AND $2 ORDER BY id DESC LIMIT ${MOST})
  UNION ALL
  (SELECT 'delivery', d.subscription, d.id::text, d.message_id::text || '?h=' || d.id::text, m.occurred_at
   FROM (SELECT * FROM deliveries WHERE id BETWEEN $1 AND $2 ORDER BY id DESC LIMIT ${MOST}) AS d
   JOIN messages AS m ON m.id = d.message_id)
  UNION ALL
  (SELECT 'person', 'Person', id::text, id::text, created_at
   FROM users WHERE id BETWEEN $1 AND $2 ORDER BY id DESC LIMIT ${MOST})
  UNION ALL
  (SELECT 'operation', kind || ' of ' || total, id::text, id::text, started_at
   FROM operations WHERE id BETWEEN $1 AND $2 ORDER BY id DESC LIMIT ${MOST})`

/** Keys of messages and of processes are the same thing to whoever looks: the page of the key shows both. */
const BY_KEY = `
  (SELECT 'key' AS kind, key AS title, 'messages sent with this key' AS detail, key AS link, occurred_at AS at
   FROM message_keys WHERE key = $1 ORDER BY occurred_at DESC LIMIT 1)
  UNION ALL
  (SELECT 'process', name, status || ', ' || key, name || '/' || key, changed_at
   FROM processes WHERE key = $1 AND name = ANY ($2::text[]) ORDER BY changed_at DESC LIMIT ${MOST})`

const BY_TEXT = `
  (SELECT 'failures' AS kind, coalesce(last_error, 'Failures') AS title, subscription AS detail, fingerprint AS link,
          settled_at AS at
   FROM deliveries WHERE state = 'dead' AND fingerprint = $1 ORDER BY settled_at DESC LIMIT 1)
  UNION ALL
  (SELECT 'error', e.sample, e.subscription || ', ×' || e.count, d.message_id::text || '?h=' || d.id::text, e.last_at
   FROM error_texts AS e JOIN deliveries AS d ON d.id = e.delivery_id
   WHERE strpos(lower(e.sample), lower($1)) > 0 ORDER BY e.last_at DESC LIMIT ${MOST})`

const BY_EMAIL = `
  SELECT 'person' AS kind, 'Person' AS title, id::text AS detail, id::text AS link, created_at AS at
  FROM users WHERE email_key = ANY ($1)`

interface Row {
  kind: HitKind
  title: string
  detail: string
  link: string
  at: Date | null
}

interface Parts {
  pool: Pool
  registry: Registry
  /** Names of the processes of this build. */
  processes: readonly string[]
  /** Under what somebody with the address may be stored. */
  emailKeysOf(email: string): string[]
}

/** What the text could mean, best first: an exact id before a name, a name before a piece of an error. */
export async function findAny(parts: Parts, text: string): Promise<Hit[]> {
  const lookup = lookupOf(text)
  if (!lookup) return []
  const rows = (await Promise.all(questionsOf(parts, lookup))).flat()
  return [...rows.map(toHit), ...(lookup.by === 'text' ? namesLike(parts.registry, lookup.text) : [])]
}

function questionsOf({ pool, processes, emailKeysOf }: Parts, lookup: Lookup): Promise<Row[]>[] {
  const ask = async (name: string, text: string, values: unknown[]) =>
    (await pool.query<Row>({ name: `go-${name}`, text, values })).rows
  const askKey = (key: string) => ask('key', BY_KEY, [key, processes])
  const askText = (text: string) => ask('text', BY_TEXT, [text])
  switch (lookup.by) {
    case 'id':
      return [ask('id', BY_ID, [lookup.id]), askKey(lookup.id)]
    case 'part-of-id':
      return [ask('part', BY_PART, [lookup.from, lookup.to]), askKey(lookup.text), askText(lookup.text)]
    case 'email':
      return [ask('email', BY_EMAIL, [emailKeysOf(lookup.email)]), askKey(lookup.email)]
    case 'text':
      return [askKey(lookup.text), askText(lookup.text)]
  }
}

const PLACES: Record<HitKind, string> = {
  message: 'm',
  delivery: 'm',
  error: 'm',
  conversation: 'c',
  person: 'key',
  key: 'key',
  process: 'processes',
  operation: 'operations',
  failures: 'dead-letters',
  handler: 'handlers',
  type: 'types',
}

function toHit({ kind, title, detail, link, at }: Row): Hit {
  const [path = '', query] = kind === 'delivery' || kind === 'error' ? link.split('?') : [link]
  const place = path.split('/').map(encodeURIComponent).join('/')
  const href = `/inspector/${PLACES[kind]}/${place}${query ? `?${query}` : ''}`
  return { kind, title, detail, href, at: at?.toISOString() ?? null }
}

/** The type before the handlers: of a command they have the same name. */
function namesLike({ definitions, subscriptions }: Registry, text: string): Hit[] {
  const wanted = text.toLowerCase()
  const types = new Map(definitions.filter(({ name }) => name.includes(wanted)).map((each) => [each.name, each]))
  const handlers = [...subscriptions.values()].filter(({ subscription: { name } }) => name.includes(wanted))
  return [
    ...[...types.values()]
      .slice(0, MOST)
      .map(({ name, kind, owner }): Hit => named('type', name, `${kind} of ${owner}`)),
    ...handlers
      .slice(0, MOST)
      .map(({ subscription: { name, message } }): Hit => named('handler', name, `handles ${message.name}`)),
  ]
}

function named(kind: 'type' | 'handler', name: string, detail: string): Hit {
  return { kind, title: name, detail, href: `/inspector/${PLACES[kind]}/${encodeURIComponent(name)}`, at: null }
}
