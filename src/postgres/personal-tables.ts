import type { PersonalTable } from '../bus/index.ts'

const MESSAGES = 'message_id IN (SELECT id FROM messages WHERE subject_id = $1)'
const DELIVERIES = `delivery_id IN (SELECT d.id FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id WHERE m.subject_id = $1)`

/** What the bus keeps about people. Bodies, replies and contexts of processes are sealed on their way to the storage. */
export const busTables: readonly PersonalTable[] = [
  {
    table: 'messages',
    title: 'What was asked for and what has happened',
    model: null,
    person: 'subject_id',
    sealed: [],
    exported: ['id', 'kind', 'name', 'version', 'occurred_at', 'body'],
    onErasure: 'made-unreadable',
  },
  {
    table: 'deliveries',
    title: 'Who was told of it, and what became of that',
    model: null,
    person: { where: MESSAGES },
    sealed: [],
    exported: ['message_id', 'subscription', 'state', 'attempt', 'settled_at', 'reason', 'reply'],
    onErasure: {
      // What nobody can read any more need not be decided about.
      set: `last_error = CASE WHEN last_error IS NULL THEN NULL ELSE 'erased with its person' END,
            reason = CASE WHEN state = 'dead' OR reason IS NOT NULL THEN 'The person it is about was erased.' END,
            state = CASE WHEN state = 'dead' THEN 'discarded' ELSE state END, revision = revision + 1`,
      where: `(last_error IS NOT NULL OR state = 'dead') AND state <> 'running'`,
    },
  },
  {
    table: 'failed_attempts',
    title: 'What went wrong with it',
    model: null,
    person: { where: DELIVERIES },
    sealed: [],
    exported: ['delivery_id', 'number', 'outcome', 'started_at', 'finished_at'],
    onErasure: {
      set: `error = jsonb_build_object('name', error -> 'name', 'message', 'erased with its person', 'code', error -> 'code', 'stack', NULL, 'cause', NULL)`,
      where: 'true',
    },
  },
  {
    table: 'error_texts',
    title: 'Samples of what went wrong',
    model: null,
    person: { where: DELIVERIES },
    sealed: [],
    exported: [],
    onErasure: 'rows-removed',
  },
  {
    table: 'processes',
    title: 'How far a process about you has come',
    model: null,
    person: 'subject_id',
    sealed: [],
    exported: ['name', 'key', 'status', 'state', 'context', 'started_at', 'changed_at', 'finished_at'],
    // One that nobody can go on with waits for nothing any more.
    onErasure: {
      set: `status = 'failed', finished_at = now(), due_at = NULL, timers = '[]', waiting_for = '[]'`,
      where: `status = 'running'`,
    },
  },
  {
    table: 'process_revisions',
    title: 'How it came there, step by step',
    model: null,
    person: { where: '(process_name, process_key) IN (SELECT name, key FROM processes WHERE subject_id = $1)' },
    sealed: [],
    exported: ['at', 'process_name', 'process_key', 'version', 'message_name', 'state_after', 'context_after'],
    onErasure: 'made-unreadable',
  },
  {
    table: 'person_keys',
    title: 'The key that seals all of it',
    model: null,
    person: 'person_id',
    sealed: [],
    exported: ['created_at'],
    onErasure: 'made-unreadable',
  },
]
