import type { Pool } from 'pg'
import type { Added, Outbox, PlannedMessage, Tx, UnitOfWork, Wake } from '../bus/index.ts'
import type { Disk } from './disk.ts'
import { claimIdempotencyKey, claimKey, findFirst } from './idempotency.ts'
import { inTransaction, onItsOwn, type Run, type Statement } from './statement.ts'

const MESSAGE_COLUMNS = `id, kind, name, version, body, conversation_id, causation_id, causation_delivery_id,
                            subject_id, idempotency_key, key, occurred_at, expires_at`

/** Deliveries of `message`, from rows `d`. */
const FAN_OUT = `
  INSERT INTO deliveries (id, message_id, subscription, position, max_attempts, state, reason, settled_at, due_at,
                          ordering_key, order_number, expires_at, parked_reason, lease_token, lease_until, attempt, node)
  SELECT d.id, message.id, d.subscription, d.position, d.max_attempts,
         CASE WHEN d.reason IS NOT NULL THEN 'skipped' WHEN d.lease_token IS NULL THEN 'pending' ELSE 'running' END, d.reason,
         CASE WHEN d.reason IS NULL THEN NULL ELSE now() END,
         -- Truncated, not rounded: a delivery must not be due half a millisecond after its commit.
         coalesce(d.due_at, date_trunc('milliseconds', now())),
         d.ordering_key, CASE WHEN d.ordering_key IS NULL THEN NULL ELSE nextval('delivery_order') END,
         -- Where it is due at once by our clock, it lives by our clock, too: that of its sender may be another.
         CASE WHEN d.due_at IS NULL THEN clock_timestamp() + (message.expires_at - message.occurred_at)
         ELSE message.expires_at END,
         d.parked_reason, d.lease_token,
         -- Not now(): the handler's transaction that sends it may have begun longer ago than a lease is long.
         clock_timestamp() + make_interval(secs => d.lease_ms / 1000),
         CASE WHEN d.lease_token IS NULL THEN 0 ELSE 1 END, d.node`

/** Returns those that were not there before. */
const STORED = 'SELECT id FROM message'

/** Messages with one delivery per subscription, in one statement, however many. */
const ADD = {
  name: 'add-messages',
  text: `
    WITH message AS (
      INSERT INTO messages (${MESSAGE_COLUMNS})
      SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::jsonb[], $6::uuid[], $7::uuid[],
                           $8::uuid[], $9::uuid[], $10::text[], $11::text[], $12::timestamptz[], $13::timestamptz[])
      -- The same message id again: the first one stands.
      ON CONFLICT DO NOTHING
      RETURNING id, occurred_at, expires_at
    ), fan_out AS (
      ${FAN_OUT}
      FROM unnest($14::uuid[], $15::uuid[], $16::text[], $17::int[], $18::int[], $19::text[], $20::timestamptz[],
                  $21::text[], $22::text[], $23::uuid[], $24::float8[], $25::text[])
        AS d (id, message_id, subscription, position, max_attempts, reason, due_at, ordering_key, parked_reason,
              lease_token, lease_ms, node)
      JOIN message ON message.id = d.message_id
    )
    ${STORED}`,
}

const ONE_MESSAGE =
  '$1::uuid, $2, $3, $4::int, $5::jsonb, $6::uuid, $7::uuid, $8::uuid, $9::uuid, $10, $11, $12::timestamptz, $13::timestamptz'

const addOne = (insert: string) => `
    WITH ${insert}
      ON CONFLICT DO NOTHING
      RETURNING id, occurred_at, expires_at
    ), fan_out AS (
      ${FAN_OUT}
      FROM message, (
        SELECT $14::uuid AS id, $15::uuid AS message_id, $16::text AS subscription, $17::int AS position,
               $18::int AS max_attempts, $19::text AS reason, $20::timestamptz AS due_at, $21::text AS ordering_key,
               $22::text AS parked_reason, $23::uuid AS lease_token, $24::float8 AS lease_ms, $25::text AS node
      ) AS d
    )
    ${STORED}`

/**
 * The same, whose commit does not wait for the disk. A crash of the database before the next commit that does may lose
 * all of it, never half.
 */
function withoutDisk({ name, text }: Statement): Statement {
  const stored = "SELECT id, set_config('synchronous_commit', 'off', true) FROM message"
  return { name: `${name}-without-disk`, text: text.replace(STORED, stored) }
}

/** The same for one message with one delivery, the commonest case, in two thirds of the time. */
const ADD_ONE = {
  name: 'add-one-message',
  text: addOne(`message AS (
      INSERT INTO messages (${MESSAGE_COLUMNS}) VALUES (${ONE_MESSAGE})`),
}

/** And only where its idempotency key is free. */
const ADD_ONE_KEYED = {
  name: 'add-one-keyed-message',
  text: addOne(`key AS (
      ${claimKey('$3, $10, $1::uuid, $6::uuid, now() + make_interval(secs => $26::float8 / 1000)')}
    ), message AS (
      INSERT INTO messages (${MESSAGE_COLUMNS}) SELECT ${ONE_MESSAGE} FROM key`),
}

const ADD_ONE_AWAITED = withoutDisk(ADD_ONE)
const ADD_ONE_KEYED_AWAITED = withoutDisk(ADD_ONE_KEYED)

/** A lock on a row is written down, too: its commit takes along what was committed before it. */
const HOLD = {
  name: 'hold-message',
  text: 'SELECT FROM messages WHERE id = $1 FOR KEY SHARE',
}

const FIND_FIRST = {
  name: 'find-messages',
  text: 'SELECT id, conversation_id FROM messages WHERE id = ANY($1::uuid[])',
}

interface Parts {
  pool: Pool
  /** For messages that come alone and need not wait for a handler's connection. */
  hot: Pool
  unitOfWork: UnitOfWork
  wake: Wake
  disk: Disk
  /** Holds what it begins as it is stored. */
  node: string
}

export function createOutbox({ pool, hot, unitOfWork, wake, disk, node }: Parts): Outbox {
  const outbox: Outbox = {
    add: async (tx, messages) => {
      if (messages.some(waits)) tx.bringsWork()
      const first = await claimKeys(tx, messages)
      const rest = messages.filter((each) => !first.has(each))
      const added = await disk.adding(addAll(inTransaction(tx), node, rest))
      return messages.map((each) => first.get(each) ?? added.get(each)!)
    },
    addLast: async (tx, messages) => {
      if (messages.some(waits)) tx.bringsWork()
      const { statement, values } = adding(node, messages)
      await tx.last(statement, values, (error) => error)
    },
    commit: async (messages, { isAwaited = false } = {}) => {
      const isKeyed = messages.some((each) => each.envelope.idempotencyKey !== null)
      if (isKeyed && !isAlone(messages)) return unitOfWork.run((tx) => outbox.add(tx, messages))
      const added = await disk.adding(
        isKeyed
          ? addKeyed(onItsOwn(pool), node, messages[0]!, isAwaited)
          : addAll(onItsOwn(hot), node, messages, isAwaited),
      )
      wake.signal(messages.some(waits) ? 'work' : 'change')
      return messages.map((each) => added.get(each)!)
    },
    isDurable: async (messageId) => (await onItsOwn(hot)(HOLD, [messageId])).length > 0,
  }
  return outbox
}

/** Whether somebody has to look for it. */
function waits({ deliveries }: PlannedMessage): boolean {
  return deliveries.some((each) => each.lease === null && each.skipReason === null)
}

/** One message to one subscription. */
function isAlone([message, ...others]: readonly PlannedMessage[]): boolean {
  return others.length === 0 && message?.deliveries.length === 1
}

function adding(
  node: string,
  messages: readonly PlannedMessage[],
  isAwaited = false,
): { statement: Statement; values: unknown[] } {
  const columns = columnsOf(node, messages)
  if (!isAlone(messages)) return { statement: ADD, values: columns }
  // What is awaited is a command, which has one handler.
  return { statement: isAwaited ? ADD_ONE_AWAITED : ADD_ONE, values: columns.flat() }
}

async function addKeyed(
  run: Run,
  node: string,
  message: PlannedMessage,
  isAwaited: boolean,
): Promise<Map<PlannedMessage, Added>> {
  const values = [...columnsOf(node, [message]).flat(), message.idempotencyWindowMs]
  const isNew = (await run(isAwaited ? ADD_ONE_KEYED_AWAITED : ADD_ONE_KEYED, values)).length > 0
  const { messageId, conversationId } = message.envelope
  if (isNew) return new Map([[message, { messageId, conversationId, isNew }]])
  const first = await findFirst(run, message)
  const answers = new Map([[message, first]])
  // The key was free, the message id was not.
  if (first.messageId === messageId) await answerRepeated(run, [message], answers)
  return answers
}

/** The answers of the messages whose idempotency key was given before. */
async function claimKeys(tx: Tx, messages: readonly PlannedMessage[]): Promise<Map<PlannedMessage, Added>> {
  const answers = new Map<PlannedMessage, Added>()
  // In one order everywhere, so that two transactions with the same keys wait for each other and not in a circle.
  const keyed = messages
    .filter((each) => each.envelope.idempotencyKey !== null)
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b)))
  for (const message of keyed) {
    const first = await claimIdempotencyKey(tx, message)
    if (first) answers.set(message, first)
  }
  return answers
}

function keyOf({ envelope: { name, idempotencyKey } }: PlannedMessage): string {
  return `${name} ${idempotencyKey}`
}

async function addAll(
  run: Run,
  node: string,
  messages: readonly PlannedMessage[],
  isAwaited = false,
): Promise<Map<PlannedMessage, Added>> {
  if (messages.length === 0) return new Map()
  const { statement, values } = adding(node, messages, isAwaited)
  const rows = await run<{ id: string }>(statement, values)
  const isNew = new Set(rows.map((row) => row.id))
  const answers = new Map<PlannedMessage, Added>()
  for (const message of messages) {
    const { messageId, conversationId } = message.envelope
    if (isNew.delete(messageId)) answers.set(message, { messageId, conversationId, isNew: true })
  }
  const repeated = messages.filter((each) => !answers.has(each))
  if (repeated.length > 0) await answerRepeated(run, repeated, answers)
  return answers
}

async function answerRepeated(run: Run, repeated: readonly PlannedMessage[], answers: Map<PlannedMessage, Added>) {
  const ids = repeated.map((each) => each.envelope.messageId)
  const rows = await run<{ id: string; conversation_id: string }>(FIND_FIRST, [ids])
  const conversations = new Map(rows.map((row) => [row.id, row.conversation_id]))
  for (const message of repeated) {
    const { messageId } = message.envelope
    const conversationId = conversations.get(messageId)
    if (!conversationId) throw new Error(`Message ${messageId} was neither added nor found.`)
    answers.set(message, { messageId, conversationId, isNew: false })
  }
}

/** The statements' parameters, each with a value for every message or every delivery. */
function columnsOf(node: string, messages: readonly PlannedMessage[]): unknown[][] {
  const envelopes = messages.map((each) => each.envelope)
  const deliveries = messages.flatMap(({ envelope, deliveries }) => deliveries.map((each) => ({ envelope, ...each })))
  return [
    envelopes.map((each) => each.messageId),
    envelopes.map((each) => each.kind),
    envelopes.map((each) => each.name),
    envelopes.map((each) => each.version),
    envelopes.map((each) => JSON.stringify(each.body)),
    envelopes.map((each) => each.conversationId),
    envelopes.map((each) => each.causationId),
    envelopes.map((each) => each.causationDeliveryId),
    envelopes.map((each) => each.subjectId),
    envelopes.map((each) => each.idempotencyKey),
    envelopes.map((each) => each.key),
    envelopes.map((each) => each.occurredAt.toISOString()),
    envelopes.map((each) => each.expiresAt?.toISOString() ?? null),
    deliveries.map((each) => each.deliveryId),
    deliveries.map((each) => each.envelope.messageId),
    deliveries.map((each) => each.subscription),
    deliveries.map((each) => each.position),
    deliveries.map((each) => each.maxAttempts),
    deliveries.map((each) => each.skipReason),
    deliveries.map(({ envelope: { dueAt, occurredAt } }) => (dueAt > occurredAt ? dueAt.toISOString() : null)),
    deliveries.map((each) => each.orderingKey),
    deliveries.map((each) => each.parkedReason),
    deliveries.map((each) => each.lease?.token ?? null),
    deliveries.map((each) => each.lease?.ms ?? null),
    deliveries.map((each) => (each.lease ? node : null)),
  ]
}
