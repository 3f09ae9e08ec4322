import type { Pool } from 'pg'
import { vi } from 'vitest'
import { createSinks } from '../../modules/communication/index.ts'
import { createPostgresStorage } from '../../postgres/index.ts'
import type { Application } from '../compose.ts'
import { createTestDatabase } from '../database/testing.ts'
import { type EndState, findProblems, readEndState } from './end-state.ts'
import { type Death, Life } from './mortal-client.ts'
import { composeNode, drainInTurn } from './node.ts'

/** Something that people or operators do, and all that it leads to. */
export interface Scenario {
  name: string
  /**
   * Makes what is there before, undisturbed. Returns what is asked for: asked again, with the same key, by whoever
   * got no answer.
   */
  prepare(node: Application): Promise<(node: Application) => Promise<unknown>>
}

export interface Run {
  /** Of the node that was killed, the last one included. */
  statements: string[]
  state: EndState
  problems: string[]
}

/** Once, and again after a death between the sending and its settlement. */
const MOST_SENDS = 2

/** A database, gateways that live on, a node that survives, and one more for each run, to be killed. */
export async function openStage() {
  const database = await createTestDatabase()
  const observer = createPostgresStorage({
    url: database.url,
    node: 'observer',
    poolSize: 4,
    maxAttemptsOf: () => 1,
    onConnectionError: () => {},
  })
  const { pool } = observer
  const sinks = createSinks(observer.prisma)
  const gateways = { smtpUrl: await sinks.smtp.start(), smsUrl: await sinks.sms.start() }
  // Nodes die here, the server does not: nobody need wait for its disk.
  await pool.query(`ALTER DATABASE ${new URL(database.url).pathname.slice(1)} SET synchronous_commit = off`)
  const survivor = await composeNode(database.url, gateways)

  const { definitions, byMessage } = survivor.registry
  const unheard = definitions.filter((each) => !byMessage.has(each.name)).map((each) => each.name)

  const run = async (scenario: Scenario, dieAt: number, death: Death): Promise<Run> => {
    await pool.query(`${UNGUARDED}; ${EMPTY}`)
    const ask = await scenario.prepare(survivor)
    const life = new Life(dieAt, death)
    const mortal = await composeNode(database.url, gateways, life)
    const act = async () => {
      await ask(mortal)
      await drainInTurn(mortal)
      await mortal.stop()
    }
    await Promise.race([life.died.promise, act()])
    // The server finishes what it was sent before it notices that nobody is there any more.
    await vi.waitFor(() => noConnectionOf(pool, mortal.node), { interval: 2, timeout: 10_000 })
    await pool.query(PASS_LEASES)
    await survivor.storage.deliveries.reap()
    if (life.isOver) await ask(survivor)
    await drainInTurn(survivor)
    return {
      statements: life.statements,
      state: await readEndState(pool, survivor.storage.prisma),
      problems: await findProblems(pool, unheard, MOST_SENDS),
    }
  }
  const close = async () => {
    await survivor.stop()
    await sinks.smtp.stop()
    await sinks.sms.stop()
    await observer.stop()
    await database.drop()
  }
  return { run, close }
}

export type Stage = Awaited<ReturnType<typeof openStage>>

/** Outside of tests nobody empties the audit. */
const UNGUARDED = 'ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_never_emptied'
const EMPTY = `TRUNCATE messages, deliveries, failed_attempts, idempotency_keys, changes, faults, users, sessions,
  email_confirmations, password_resets, email_changes, phone_changes, audit_entries, sign_up_counts, mailbox_messages,
  recipients, consents, last_told, processes, process_revisions, saved_views, passkeys, passkey_challenges`
const PASS_LEASES = `UPDATE deliveries SET lease_until = now() - interval '1 ms' WHERE state = 'running'`

async function noConnectionOf(pool: Pool, node: string): Promise<void> {
  const { rows } = await pool.query(
    `SELECT pid, state, wait_event_type, wait_event, pg_blocking_pids(pid), now() - state_change AS since, query
     FROM pg_stat_activity WHERE application_name LIKE $1`,
    [`waybill ${node}%`],
  )
  if (rows.length > 0) throw new Error(`Node ${node} still has connections: ${JSON.stringify(rows)}`)
}
