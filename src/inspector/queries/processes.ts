import type { Pool } from 'pg'
import {
  chartOf,
  type MaskedValue,
  type PersonKeys,
  type ProcessStatus,
  type ProcessTimer,
  type StateValue,
  type Waiting,
} from '../../bus/index.ts'
import {
  changesBetween,
  type ProcessDetail,
  type ProcessRow,
  type RevisionView,
  type SteppedProcess,
} from '../model/process-view.ts'
import { findShown, type ShownParts } from './shown-values.ts'

/** Revisions of one instance that are shown at most. */
const MAX_REVISIONS = 500

export interface ProcessesRequest {
  /** Null for all. */
  status: ProcessStatus | null
  /** Older than this instance. */
  before: { startedAt: string; process: string; key: string } | null
  limit: number
}

interface InstanceRecord {
  name: string
  key: string
  version: number
  status: ProcessStatus
  state: StateValue
  context: Record<string, unknown>
  waiting_for: Waiting[]
  due_at: Date | null
  started_at: Date
  changed_at: Date
  finished_at: Date | null
  conversation_id: string
}

const COLUMNS = `
  name, key, version, status, state, context, waiting_for, due_at, started_at, changed_at, finished_at, conversation_id`

const PAGE = `
  SELECT ${COLUMNS} FROM processes
  WHERE ($1::text IS NULL OR status = $1)
    AND ($2::timestamptz IS NULL OR (started_at, name, key) < ($2, $3, $4))
  ORDER BY started_at DESC, name DESC, key DESC LIMIT $5`

export async function findProcesses(pool: Pool, { status, before, limit }: ProcessesRequest): Promise<ProcessRow[]> {
  const values = [status, before?.startedAt ?? null, before?.process ?? null, before?.key ?? null, limit]
  const { rows } = await pool.query<InstanceRecord>(PAGE, values)
  return rows.map(toProcessRow)
}

const OF_KEY = `
  SELECT ${COLUMNS} FROM processes WHERE key = $1 AND name = ANY ($2::text[])
  UNION
  SELECT ${COLUMNS} FROM processes WHERE subject_id = $3::uuid
  ORDER BY started_at DESC LIMIT 50`

/** Instances with the key, of whatever process, and those about the person. */
export async function findProcessesOfKey(
  pool: Pool,
  { key, personId, names }: { key: string; personId: string | null; names: readonly string[] },
): Promise<ProcessRow[]> {
  const { rows } = await pool.query<InstanceRecord>(OF_KEY, [key, names, personId])
  return rows.map(toProcessRow)
}

/** A message starts one instance of a process at most, and few messages of a conversation start any. */
const MOST_OF_A_CONVERSATION = 20

const OF_CONVERSATION = `
  SELECT ${COLUMNS}, ARRAY(
    SELECT json_build_object('version', r.version, 'at', r.at, 'state', r.state_after) FROM process_revisions AS r
    WHERE r.process_name = name AND r.process_key = key ORDER BY r.version DESC LIMIT ${MAX_REVISIONS}
  ) AS steps
  FROM processes WHERE conversation_id = $1
  ORDER BY started_at, name, key LIMIT ${MOST_OF_A_CONVERSATION}`

/** The instances that a conversation started, the first one first. */
export async function findProcessesOf(parts: ShownParts, conversationId: string): Promise<SteppedProcess[]> {
  type Record = InstanceRecord & Pick<SteppedProcess, 'steps'>
  const { rows } = await parts.pool.query<Record>(OF_CONVERSATION, [conversationId])
  const shown = await findShown(parts, rows)
  return rows.map((row, index) => ({
    ...toProcessRow(row),
    steps: row.steps.toReversed(),
    shown: shown[index] ?? [],
  }))
}

const ERASED: MaskedValue = { masked: 'erased' }

const INSTANCE = `SELECT ${COLUMNS}, timers FROM processes WHERE name = $1 AND key = $2`

/** One instance with its history, and what it waits for. */
export async function findProcess(
  parts: ShownParts,
  { name, key }: { name: string; key: string },
): Promise<ProcessDetail | null> {
  const { pool, people, processes } = parts
  const { rows } = await pool.query<InstanceRecord & { timers: ProcessTimer[] }>(INSTANCE, [name, key])
  const [record] = rows
  if (!record) return null
  const revisions = await findRevisions({ pool, people }, name, key)
  const { value: context, isErased } = await people.open(record.context)
  const definition = processes.find((each) => each.name === name)
  const [shown = []] = await findShown(parts, [record])
  return {
    ...toProcessRow(record),
    shown,
    openTimeOuts: record.timers.flatMap(({ messageId, dueAt }) => (messageId ? [{ messageId, dueAt }] : [])),
    contextJson: JSON.stringify(isErased ? ERASED : context),
    chart: definition ? chartOf(definition) : null,
    revisions: revisions.slice(0, MAX_REVISIONS),
    truncated: revisions.length > MAX_REVISIONS,
  }
}

interface RevisionRecord {
  version: number
  at: Date
  message_id: string
  message_name: string
  state_before: StateValue | null
  state_after: StateValue
  context_before: Record<string, unknown> | null
  context_after: Record<string, unknown>
  messages_out: RevisionView['messagesOut']
}

const REVISIONS = `
  SELECT version, at, message_id, message_name, state_before, state_after, context_before, context_after, messages_out
  FROM process_revisions WHERE process_name = $1 AND process_key = $2 ORDER BY version DESC LIMIT $3`

async function findRevisions(
  { pool, people }: { pool: Pool; people: PersonKeys },
  name: string,
  key: string,
): Promise<RevisionView[]> {
  const { rows } = await pool.query<RevisionRecord>(REVISIONS, [name, key, MAX_REVISIONS + 1])
  const opened = async (context: RevisionRecord['context_before']) => {
    const { value, isErased } = await people.open(context ?? {})
    return isErased ? {} : (value as Record<string, unknown>)
  }
  return Promise.all(
    rows.map(async (row) => ({
      version: row.version,
      at: row.at.toISOString(),
      messageIn: { messageId: row.message_id, name: row.message_name },
      messagesOut: row.messages_out,
      changes: changesBetween(
        row.state_before === null ? null : { state: row.state_before, context: await opened(row.context_before) },
        { state: row.state_after, context: await opened(row.context_after) },
      ),
    })),
  )
}

function toProcessRow(row: InstanceRecord): ProcessRow {
  return {
    process: row.name,
    key: row.key,
    version: row.version,
    status: row.status,
    state: row.state,
    waitingFor: row.waiting_for,
    dueAt: row.due_at?.toISOString() ?? null,
    startedAt: row.started_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    conversationId: row.conversation_id,
  }
}
