import type { Pool } from 'pg'
import {
  BusError,
  type ClaimedDelivery,
  type Conclusion,
  type Outbox,
  type Outcome,
  type RecordedError,
  type Succeeded,
  type Tx,
  type UnitOfWork,
  type Wake,
} from '../bus/index.ts'
import { arrayOf, leasesOf } from './leases.ts'
import { inTransaction, onItsOwn, type Run } from './statement.ts'

/**
 * Fenced: a row without the lease token of this attempt is not changed, and no attempt is recorded for it.
 * The token alone says that it runs (a CHECK sees to it); with the state beside it the planner would walk through
 * the index of everything that runs. clock_timestamp(), because now() is the time at which the handler's transaction began.
 */
const SUCCEED = {
  name: 'settle-succeeded',
  text: `
    UPDATE deliveries AS d
    SET state = 'succeeded', lease_token = NULL, lease_until = NULL, settled_at = clock_timestamp(), last_error = NULL,
        reply = s.reply, revision = d.revision + 1,
        started_at = clock_timestamp() - make_interval(secs => s.duration_ms / 1000)
    FROM unnest($1::uuid[], $2::uuid[], $3::float8[], $4::jsonb[]) AS s (id, lease_token, duration_ms, reply)
    WHERE d.id = s.id AND d.lease_token = s.lease_token
    RETURNING s.lease_token`,
}

/**
 * The same for one, sent together with the commit of the handler's transaction. Without the lease there is nothing to
 * divide by: the error ends the transaction before the commit reaches it.
 */
const SUCCEED_ONE = {
  name: 'settle-one-succeeded',
  text: `
    WITH settled AS (
      UPDATE deliveries
      SET state = 'succeeded', lease_token = NULL, lease_until = NULL, settled_at = clock_timestamp(),
          last_error = NULL, reply = $4, revision = revision + 1,
          started_at = clock_timestamp() - make_interval(secs => $3::float8 / 1000)
      WHERE id = $1 AND lease_token = $2
      RETURNING id
    )
    SELECT 1 / count(*) FROM settled`,
}

const DIVISION_BY_ZERO = '22012'

const FAIL = {
  name: 'settle-failed',
  text: `
    WITH failed AS (
      SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::float8[], $4::text[], $5::float8[], $6::text[], $7::jsonb[],
                           $8::text[], $9::text[], $10::int[])
        AS f (id, lease_token, duration_ms, state, delay_ms, last_error, error, fingerprint, reason, spared)
    ), settled AS (
      UPDATE deliveries AS d
      SET state = f.state, lease_token = NULL, lease_until = NULL, last_error = f.last_error, revision = d.revision + 1,
          -- A silent node's attempt is settled by another one, which does not know how long it ran.
          started_at = CASE WHEN f.error ->> 'name' = 'LeaseLost' THEN coalesce(d.started_at, clock_timestamp())
                       ELSE clock_timestamp() - make_interval(secs => f.duration_ms / 1000) END,
          fingerprint = coalesce(f.fingerprint, d.fingerprint), reason = coalesce(f.reason, d.reason),
          max_attempts = d.max_attempts + f.spared,
          settled_at = CASE WHEN f.state = 'retrying' THEN NULL ELSE clock_timestamp() END,
          due_at = CASE WHEN f.state = 'retrying'
                   THEN clock_timestamp() + make_interval(secs => f.delay_ms / 1000) ELSE d.due_at END
      FROM failed AS f
      WHERE d.id = f.id AND d.lease_token = f.lease_token
      RETURNING d.id, d.attempt, d.started_at, d.node, d.state, d.due_at, f.lease_token AS held, f.error
    ), kept AS (
      INSERT INTO failed_attempts (delivery_id, number, outcome, started_at, finished_at, node, error, next_due_at)
      SELECT id, attempt, CASE WHEN error ->> 'name' = 'LeaseLost' THEN 'lease-lost' ELSE 'failed' END, started_at, greatest(started_at, clock_timestamp()), node, error,
             CASE WHEN state = 'retrying' THEN due_at END
      FROM settled
    )
    SELECT held AS lease_token FROM settled`,
}

/** @param reason in SQL, of a delivery `d` */
const skipping = (reason: string) => `
    UPDATE deliveries AS d
    SET state = 'skipped', lease_token = NULL, lease_until = NULL, settled_at = clock_timestamp(),
        reason = ${reason}, revision = d.revision + 1
    FROM unnest($1::uuid[], $2::uuid[]) AS s (id, lease_token)
    WHERE d.id = s.id AND d.lease_token = s.lease_token
    RETURNING s.lease_token`

const EXPIRE = {
  name: 'settle-expired',
  text: skipping(
    `'Expired: it was to be handled before ' || to_char(d.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"')`,
  ),
}

const FORGET = {
  name: 'settle-erased',
  text: skipping(`'The person it is about was erased: nobody can read it any more.'`),
}

/** Nothing was tried: the attempt that the claim counted is given back. */
const PARK = {
  name: 'settle-parked',
  text: `
    UPDATE deliveries AS d
    SET state = 'pending', attempt = d.attempt - 1, lease_token = NULL, lease_until = NULL, started_at = NULL,
        parked_reason = p.reason, revision = d.revision + 1
    FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS p (id, lease_token, reason)
    WHERE d.id = p.id AND d.lease_token = p.lease_token
    RETURNING p.lease_token`,
}

export async function settleDelivery(
  tx: Tx,
  delivery: ClaimedDelivery,
  outcome: Outcome,
  durationMs: number,
): Promise<boolean> {
  if (outcome.outcome === 'succeeded') {
    const values = [delivery.deliveryId, delivery.leaseToken, durationMs, jsonOf(outcome.reply)]
    await tx.last(SUCCEED_ONE, values, (error) =>
      (error as { code?: unknown }).code === DIVISION_BY_ZERO ? leaseLost(delivery) : error,
    )
    return true
  }
  return (await settleAll(inTransaction(tx), [{ delivery, outcome, durationMs }])).has(delivery.leaseToken)
}

export function settleBatch(tx: Tx, succeeded: readonly Succeeded[], durationMs: number): Promise<ReadonlySet<string>> {
  return settleAll(
    inTransaction(tx),
    succeeded.map(({ delivery, reply }) => ({ delivery, outcome: { outcome: 'succeeded', reply }, durationMs })),
  )
}

interface Parts {
  pool: Pool
  unitOfWork: UnitOfWork
  outbox: Outbox
  wake: Wake
  /** How long all of it may take. */
  answerWithinMs: number
}

/** Settles many attempts in one transaction, and sends what those left behind that held their lease. */
export async function conclude(parts: Parts, conclusions: readonly Conclusion[]): Promise<ReadonlySet<string>> {
  const { pool, unitOfWork, outbox, wake, answerWithinMs } = parts
  const isOneStatement =
    conclusions.every((each) => each.messages.length === 0) &&
    new Set(conclusions.map((each) => kindOf(each.outcome))).size === 1
  if (isOneStatement) {
    const held = await settleAll(onItsOwn(pool), conclusions)
    wake.signal(conclusions.some((each) => each.outcome.outcome === 'retry') ? 'work' : 'change')
    return held
  }
  return unitOfWork.run(
    async (tx) => {
      const held = await settleAll(inTransaction(tx), conclusions)
      const messages = conclusions.filter((each) => held.has(each.delivery.leaseToken)).flatMap((each) => each.messages)
      if (messages.length > 0) await outbox.add(tx, messages)
      return held
    },
    { signal: AbortSignal.timeout(answerWithinMs) },
  )
}

async function settleAll(run: Run, conclusions: Settled): Promise<ReadonlySet<string>> {
  const of = (kind: ReturnType<typeof kindOf>) => conclusions.filter((each) => kindOf(each.outcome) === kind)
  const held = new Set<string>()
  for (const [kind, statement] of [
    ['succeeded', SUCCEED],
    ['failed', FAIL],
    ['expired', EXPIRE],
    ['erased', FORGET],
    ['parked', PARK],
  ] as const) {
    const settled = of(kind)
    if (settled.length === 0) continue
    for (const row of await run<{ lease_token: string }>(statement, VALUES[kind](settled))) held.add(row.lease_token)
  }
  return held
}

function kindOf({ outcome }: Outcome): 'succeeded' | 'failed' | 'expired' | 'erased' | 'parked' {
  return outcome === 'retry' || outcome === 'dead' || outcome === 'discarded' ? 'failed' : outcome
}

type Settled = readonly Omit<Conclusion, 'messages'>[]

const VALUES = {
  succeeded: (settled: Settled): unknown[] => [
    ...leasesOf(settled.map((each) => each.delivery)),
    arrayOf(settled.map((each) => each.durationMs)),
    settled.map(({ outcome }) => (outcome.outcome === 'succeeded' ? jsonOf(outcome.reply) : null)),
  ],
  failed: (settled: Settled): unknown[] => [
    ...leasesOf(settled.map((each) => each.delivery)),
    settled.map((each) => each.durationMs),
    settled.map(({ outcome }) => (outcome.outcome === 'retry' ? 'retrying' : outcome.outcome)),
    settled.map(({ outcome }) => (outcome.outcome === 'retry' ? outcome.delayMs : null)),
    settled.map(({ outcome }) => firstLine(errorOf(outcome)?.message ?? '')),
    settled.map(({ outcome }) => JSON.stringify(errorOf(outcome))),
    settled.map(({ outcome }) => ('fingerprint' in outcome ? outcome.fingerprint : null)),
    settled.map(({ outcome }) => ('fingerprint' in outcome ? outcome.reason : null)),
    settled.map(({ outcome }) => (outcome.outcome === 'retry' && outcome.isSpared ? 1 : 0)),
  ],
  expired: (settled: Settled): unknown[] => leasesOf(settled.map((each) => each.delivery)),
  erased: (settled: Settled): unknown[] => leasesOf(settled.map((each) => each.delivery)),
  parked: (settled: Settled): unknown[] => [
    ...leasesOf(settled.map((each) => each.delivery)),
    settled.map(({ outcome }) => (outcome.outcome === 'parked' ? outcome.reason : null)),
  ],
}

/** An event has no reply; null takes no room. */
function jsonOf(reply: unknown): string | null {
  return reply === null || reply === undefined ? null : JSON.stringify(reply)
}

function errorOf(outcome: Outcome): RecordedError | null {
  return 'error' in outcome ? outcome.error : null
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.slice(0, 300)
}

function leaseLost({ deliveryId }: ClaimedDelivery): BusError {
  return new BusError('lease-lost', `The lease of delivery ${deliveryId} was taken over.`)
}
