/** The baseline's statements: one for each step, as few as can be. */
import type { Pool, PoolClient } from 'pg'
import { newId } from '../../src/bus/index.ts'
import type { Letter } from '../contender.ts'

type Connection = Pool | PoolClient

const ADD = `
  WITH message AS (
    INSERT INTO bench_messages (id, kind, name, version, body, conversation_id, subject_id, occurred_at)
    VALUES ($1, 'event', 'bench.letter-written', 1, $2, $1, $3, $4)
    RETURNING id
  )
  INSERT INTO bench_deliveries (id, message_id, subscription, state, max_attempts, due_at)
  SELECT delivery.id, message.id, delivery.subscription, 'pending', 5, $4
  FROM message, unnest($5::uuid[], $6::text[]) AS delivery (id, subscription)`

/** A message and its deliveries in one statement, which is its own transaction. */
export async function addMessage(pool: Pool, letter: Letter, subscriptions: string[]): Promise<void> {
  const now = new Date()
  const deliveryIds = subscriptions.map(() => newId())
  const values = [newId(), JSON.stringify(letter), letter.userId, now, deliveryIds, subscriptions]
  await pool.query({ name: 'add', text: ADD, values })
}

const CLAIM = `
  WITH due AS (
    SELECT id FROM bench_deliveries
    WHERE state = 'pending' AND due_at <= now()
    ORDER BY due_at, id
    LIMIT $1
    FOR UPDATE SKIP LOCKED
  )
  UPDATE bench_deliveries AS d
  SET state = 'running', attempt = d.attempt + 1, lease_until = now() + interval '10 seconds', node = $2,
      started_at = now()
  FROM due, bench_messages AS m
  WHERE d.id = due.id AND m.id = d.message_id
  RETURNING d.id, d.subscription, d.attempt, m.id AS message_id, m.name, m.version, m.body, m.conversation_id, m.occurred_at`

export interface Claimed {
  id: string
  subscription: string
  body: Letter
}

/** The oldest that are due; those that another loop is claiming are passed over. */
export async function claim(connection: Connection, limit: number, node: string): Promise<Claimed[]> {
  const { rows } = await connection.query<Claimed>({ name: 'claim', text: CLAIM, values: [limit, node] })
  return rows
}

const SETTLE = `
  UPDATE bench_deliveries SET state = 'succeeded', settled_at = now(), lease_until = NULL
  WHERE id = ANY($1::uuid[]) AND state = 'running'`

export async function settle(connection: Connection, ids: string[]): Promise<void> {
  await connection.query({ name: 'settle', text: SETTLE, values: [ids] })
}

export async function insertEffect(connection: Connection, letter: Letter): Promise<void> {
  const text = 'INSERT INTO bench_effects (id, name) VALUES ($1, $2)'
  await connection.query({ name: 'effect', text, values: [newId(), letter.name] })
}
