import { BusError, type ProcessInstance, type ProcessRevision, type ProcessStore, type Tx } from '../bus/index.ts'

/** One row per instance and one per revision. Messages for one key take turns: the row is held, or its absence. */
export const postgresProcesses: ProcessStore = {
  find: async (tx, process, key) => {
    const found = await lockInstance(tx, process, key)
    if (found) return found
    // No row to hold: hold the place where it would be, and look again for one that was written meanwhile.
    await tx.query(LOCK_ABSENCE, [process, key])
    return lockInstance(tx, process, key)
  },
  save: async (tx, instance, revision) => {
    const isFirst = instance.version === 1
    const written = await tx.query(isFirst ? INSERT : UPDATE, valuesOf(instance))
    if (written.length === 0) {
      const text = `${instance.process} ${instance.key} was changed by somebody else meanwhile.`
      throw new BusError('process-conflict', text)
    }
    await insertRevision(tx, instance, revision)
  },
  isComing: async (tx, subscriptions, subjectId) =>
    (await tx.query(FIND_COMING, [subscriptions, subjectId])).length > 0,
  callOff: async (tx, messageIds, reason) => void (await tx.query(CALL_OFF, [messageIds, reason])),
}

const FIND_COMING = `
  SELECT 1 FROM messages AS m JOIN deliveries AS d ON d.message_id = m.id
  WHERE m.subject_id = $2 AND d.subscription = ANY ($1::text[]) AND d.state IN ('pending', 'running', 'retrying', 'dead')
  LIMIT 1`

/** SKIP LOCKED: a step must not wait for a node that is claiming one of them. */
const CALL_OFF = `
  UPDATE deliveries
  SET state = 'discarded', settled_at = now(), reason = $2, parked_reason = NULL, revision = revision + 1
  WHERE id = ANY (ARRAY(
    SELECT id FROM deliveries WHERE message_id = ANY ($1::uuid[]) AND state = 'pending' FOR UPDATE SKIP LOCKED))`

const FIND = `
  SELECT name, key, definition_version, version, status, state, context, timers, waiting_for, conversation_id,
         subject_id, started_at, changed_at, finished_at
  FROM processes WHERE name = $1 AND key = $2 FOR UPDATE`

const LOCK_ABSENCE = 'SELECT pg_advisory_xact_lock(hashtextextended($1, hashtextextended($2, 0)))'

const INSERT = `
  INSERT INTO processes (name, key, definition_version, version, status, state, context, timers, waiting_for, due_at,
                         conversation_id, subject_id, started_at, changed_at, finished_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
  ON CONFLICT DO NOTHING RETURNING key`

const UPDATE = `
  UPDATE processes
  SET definition_version = $3, version = $4, status = $5, state = $6, context = $7, timers = $8, waiting_for = $9,
      due_at = $10, conversation_id = $11, subject_id = $12, started_at = $13, changed_at = $14, finished_at = $15
  WHERE name = $1 AND key = $2 AND version = $4::int - 1
  RETURNING key`

const INSERT_REVISION = `
  INSERT INTO process_revisions (process_name, process_key, version, at, message_id, message_name, state_before,
                                 state_after, context_before, context_after, messages_out)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`

interface InstanceRow {
  name: string
  key: string
  definition_version: number
  version: number
  status: ProcessInstance['status']
  state: ProcessInstance['state']
  context: ProcessInstance['context']
  timers: ProcessInstance['timers']
  waiting_for: ProcessInstance['waitingFor']
  conversation_id: string
  subject_id: string | null
  started_at: Date
  changed_at: Date
  finished_at: Date | null
}

async function lockInstance(tx: Tx, process: string, key: string): Promise<ProcessInstance | null> {
  const [row] = await tx.query<InstanceRow>(FIND, [process, key])
  if (!row) return null
  return {
    process: row.name,
    key: row.key,
    definitionVersion: row.definition_version,
    version: row.version,
    status: row.status,
    state: row.state,
    context: row.context,
    timers: row.timers,
    waitingFor: row.waiting_for,
    conversationId: row.conversation_id,
    subjectId: row.subject_id,
    startedAt: row.started_at,
    changedAt: row.changed_at,
    finishedAt: row.finished_at,
  }
}

function valuesOf(instance: ProcessInstance): unknown[] {
  const { timers } = instance
  return [
    instance.process,
    instance.key,
    instance.definitionVersion,
    instance.version,
    instance.status,
    JSON.stringify(instance.state),
    JSON.stringify(instance.context),
    JSON.stringify(timers),
    JSON.stringify(instance.waitingFor),
    timers.map(({ dueAt }) => dueAt).sort()[0] ?? null,
    instance.conversationId,
    instance.subjectId,
    instance.startedAt,
    instance.changedAt,
    instance.finishedAt,
  ]
}

async function insertRevision(tx: Tx, { process, key }: ProcessInstance, revision: ProcessRevision): Promise<void> {
  const { version, at, before, after, messageIn, messagesOut } = revision
  await tx.query(INSERT_REVISION, [
    process,
    key,
    version,
    at,
    messageIn.messageId,
    messageIn.name,
    before && JSON.stringify(before.state),
    JSON.stringify(after.state),
    before && JSON.stringify(before.context),
    JSON.stringify(after.context),
    JSON.stringify(messagesOut),
  ])
}
