import type { Pool } from 'pg'
import type { Clock, RecordedError, Registry } from '../../bus/index.ts'
import type { Blast } from '../model/blast-radius.ts'
import {
  type DeadLetter,
  type DeadLetterFilter,
  type DeadLetterGroup,
  type DeadLetterGroupDetail,
  type DeadLetterGroups,
  type Grouping,
  MAX_COUNTED,
} from '../model/dead-letters.ts'
import type { FailureFacts } from '../model/failure-status.ts'
import type { Selection } from '../operation-messages.ts'
import { MAX_ITEMS, SELECTED_DEAD, selectionValues } from '../operations/freeze.ts'
import { findBlastRadius } from './blast-radius.ts'
import { findFailureFacts } from './failure-facts.ts'

/** Groups that are looked at, at most. */
const MAX_GROUPS = 500

/**
 * Steps from fingerprint to fingerprint along the index of what is dead, so that a group of many costs no more than
 * one of few; counting ends at a limit.
 */
const GROUPS = `
  WITH RECURSIVE print AS (
    (SELECT fingerprint FROM deliveries WHERE state = 'dead' ORDER BY fingerprint LIMIT 1)
    UNION ALL
    SELECT next.fingerprint FROM print CROSS JOIN LATERAL (
      SELECT fingerprint FROM deliveries WHERE state = 'dead' AND fingerprint > print.fingerprint
      ORDER BY fingerprint LIMIT 1
    ) AS next
  ), dead_letter_groups AS (
    SELECT print.fingerprint, newest.subscription, message.name, newest.last_error, newest.settled_at AS last_seen_at,
           oldest.settled_at AS first_seen_at, counted.count, attempt.error ->> 'name' AS error_name
    FROM (SELECT fingerprint FROM print LIMIT ${MAX_GROUPS}) AS print
    CROSS JOIN LATERAL (
      SELECT id, message_id, subscription, last_error, settled_at FROM deliveries
      WHERE state = 'dead' AND fingerprint = print.fingerprint ORDER BY settled_at DESC, id DESC LIMIT 1
    ) AS newest
    JOIN messages AS message ON message.id = newest.message_id
    CROSS JOIN LATERAL (
      SELECT settled_at FROM deliveries
      WHERE state = 'dead' AND fingerprint = print.fingerprint ORDER BY settled_at, id LIMIT 1
    ) AS oldest
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count FROM (
        SELECT 1 FROM deliveries WHERE state = 'dead' AND fingerprint = print.fingerprint LIMIT ${MAX_COUNTED}
      ) AS seen
    ) AS counted
    LEFT JOIN LATERAL (
      SELECT error FROM failed_attempts WHERE delivery_id = newest.id ORDER BY number DESC LIMIT 1
    ) AS attempt ON true
  )`

/** What a section is named by; nothing where each kind of failure stands for itself. */
const TITLES: Record<Grouping, string> = {
  failure: `''`,
  handler: 'subscription',
  type: 'name',
  error: `coalesce(error_name, 'no class')`,
}

/** Sections are whole on one page, as far as groups are looked at: their sums are of all of their groups. */
function pageBy(by: Grouping): string {
  return `${GROUPS}, sorted AS (
    SELECT *, ${TITLES[by]} AS title, (SELECT count(*)::int FROM dead_letter_groups) AS total FROM dead_letter_groups
    WHERE ($3::text IS NULL OR subscription = $3) AND ($4::text IS NULL OR strpos(lower(last_error), lower($4)) > 0)
  )
  SELECT *, sum(count) OVER (PARTITION BY title)::int AS title_count FROM sorted
  WHERE $1::timestamptz IS NULL OR (last_seen_at, fingerprint) < ($1::timestamptz, $2::text)
  ORDER BY ${by === 'failure' ? '' : 'title_count DESC, title, '}last_seen_at DESC, fingerprint DESC LIMIT $5`
}

interface GroupRecord {
  fingerprint: string
  subscription: string
  name: string
  last_error: string | null
  first_seen_at: Date
  last_seen_at: Date
  count: number
  error_name: string | null
  total: number
  title: string
  title_count: number
}

export interface GroupsRequest extends DeadLetterFilter {
  /** By default each kind of failure stands for itself. */
  by?: Grouping
  before: { lastSeenAt: string; fingerprint: string } | null
  limit: number
}

export async function findDeadLetterGroups(pool: Pool, request: GroupsRequest): Promise<DeadLetterGroups> {
  const { before, subscription, text, by = 'failure' } = request
  const limit = by === 'failure' ? request.limit : MAX_GROUPS
  const values = [before?.lastSeenAt ?? null, before?.fingerprint ?? null, subscription, text, limit + 1]
  const { rows } = await pool.query<GroupRecord>(pageBy(by), values)
  const shown = rows.slice(0, limit)
  const factsOf = await findFailureFacts(
    pool,
    shown.map((each) => each.fingerprint),
  )
  const last = shown.at(-1)
  const next =
    rows.length > limit && last ? { lastSeenAt: last.last_seen_at.toISOString(), fingerprint: last.fingerprint } : null
  const sections = [...Map.groupBy(shown, (each) => each.title)].map(([title, own]) => ({
    title,
    count: own[0]!.title_count,
    groups: own.map((row) => toGroup(row, factsOf(row.fingerprint))),
    fingerprints: own.map((each) => each.fingerprint),
  }))
  return { sections, next, total: rows[0]?.total ?? 0 }
}

const COUNT_FRESH_MS = 1_000

/** How many deliveries are dead, at most {@link MAX_COUNTED}; counted at most once a second for all viewers. */
export function createDeadLetterCounter(pool: Pool, clock: Clock): () => Promise<number> {
  let countedAt = 0
  let counted: Promise<number> = Promise.resolve(0)
  return () => {
    const now = clock.now().getTime()
    if (now - countedAt >= COUNT_FRESH_MS) {
      countedAt = now
      counted = countDeadLetters(pool)
    }
    return counted
  }
}

async function countDeadLetters(pool: Pool): Promise<number> {
  const text = `SELECT count(*)::int AS count FROM (SELECT 1 FROM deliveries WHERE state = 'dead' LIMIT ${MAX_COUNTED}) AS seen`
  const { rows } = await pool.query<{ count: number }>({ name: 'count-dead', text })
  return rows[0]?.count ?? 0
}

const ROWS = `
  SELECT d.id, d.message_id, m.name, d.subscription, d.attempt, d.settled_at, d.last_error
  FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id
  WHERE d.state = 'dead' AND d.fingerprint = $1
    AND ($2::timestamptz IS NULL OR (d.settled_at, d.id) < ($2::timestamptz, $3::uuid))
  ORDER BY d.settled_at DESC, d.id DESC LIMIT $4`

const SUMMARY = `
  SELECT count(*)::int AS count, min(settled_at) AS first_seen_at, max(settled_at) AS last_seen_at
  FROM (SELECT settled_at FROM deliveries WHERE state = 'dead' AND fingerprint = $1 LIMIT ${MAX_COUNTED}) AS seen`

const MOST_KEYS = 20
/** Whom a failure hits is read from so many of its newest dead letters. */
const MOST_READ = 1_000

const AFFECTED = `
  WITH newest AS (
    SELECT message_id FROM deliveries WHERE state = 'dead' AND fingerprint = $1 ORDER BY settled_at DESC, id DESC
    LIMIT ${MOST_READ + 1}
  ), affected AS (SELECT m.key, m.subject_id FROM newest JOIN messages AS m ON m.id = newest.message_id)
  SELECT ARRAY(SELECT DISTINCT key FROM affected WHERE key IS NOT NULL ORDER BY key LIMIT ${MOST_KEYS + 1}) AS keys,
         (SELECT count(DISTINCT subject_id)::int FROM affected) AS people,
         (SELECT count(*) > ${MOST_READ} FROM newest) AS "isMore"`

const NEWEST_ERROR = 'SELECT error FROM failed_attempts WHERE delivery_id = $1 ORDER BY number DESC LIMIT 1'

interface DeadRecord {
  id: string
  message_id: string
  name: string
  subscription: string
  attempt: number
  settled_at: Date
  last_error: string | null
}

export interface GroupRequest {
  fingerprint: string
  before: { settledAt: string; deliveryId: string } | null
  limit: number
}

/** A group with a page of its deliveries, newest first; null when nothing of it is dead. */
export async function findDeadLetterGroup(pool: Pool, request: GroupRequest): Promise<DeadLetterGroupDetail | null> {
  const { fingerprint, before, limit } = request
  const values = [fingerprint, before?.settledAt ?? null, before?.deliveryId ?? null, limit + 1]
  const { rows } = await pool.query<DeadRecord>(ROWS, values)
  const [newest] = rows
  if (!newest) return null
  const [summary, errors, affected, factsOf] = await Promise.all([
    pool.query<Pick<GroupRecord, 'count' | 'first_seen_at' | 'last_seen_at'>>(SUMMARY, [fingerprint]),
    pool.query<{ error: RecordedError }>(NEWEST_ERROR, [newest.id]),
    pool.query<DeadLetterGroupDetail['affected']>(AFFECTED, [fingerprint]),
    findFailureFacts(pool, [fingerprint]),
  ])
  const error = errors.rows[0]?.error ?? null
  const record = { ...newest, ...summary.rows[0]!, fingerprint, error_name: error?.name ?? null }
  const shown = rows.slice(0, limit).map(toDeadLetter)
  const last = shown.at(-1)
  const next = rows.length > limit && last ? { settledAt: last.settledAt, deliveryId: last.deliveryId } : null
  return { ...toGroup(record, factsOf(fingerprint)), error, affected: affected.rows[0]!, rows: shown, next }
}

export interface SelectionPreview {
  count: number
  /** Later arrivals are not in it. */
  asOf: string
  /** Whether there are more than one operation takes. */
  isCut: boolean
  /** What handling them again will set off. */
  blast: Blast[]
}

/** How many there are now, by the same query that freezes them. */
export async function previewSelection(
  parts: { pool: Pool; registry: Registry },
  selection: Selection,
): Promise<SelectionPreview> {
  const { pool } = parts
  const { rows: clock } = await pool.query<{ now: Date }>(`SELECT date_trunc('milliseconds', clock_timestamp()) AS now`)
  const asOf = clock[0]!.now.toISOString()
  const text = `SELECT count(*)::int AS count FROM (${SELECTED_DEAD}) AS dead`
  const { rows } = await pool.query<{ count: number }>(text, selectionValues(asOf, selection))
  const count = rows[0]?.count ?? 0
  return { count, asOf, isCut: count >= MAX_ITEMS, blast: await findBlastRadius(parts, asOf, selection) }
}

function toGroup(row: Omit<GroupRecord, 'total' | 'title' | 'title_count'>, facts: FailureFacts): DeadLetterGroup {
  return {
    ...facts,
    messageName: row.name,
    fingerprint: row.fingerprint,
    subscription: row.subscription,
    count: row.count,
    firstSeenAt: row.first_seen_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    errorName: row.error_name,
    lastError: row.last_error,
  }
}

function toDeadLetter(row: DeadRecord): DeadLetter {
  return {
    deliveryId: row.id,
    messageId: row.message_id,
    messageName: row.name,
    subscription: row.subscription,
    attempt: row.attempt,
    settledAt: row.settled_at.toISOString(),
    lastError: row.last_error,
  }
}
