import type { Pool } from 'pg'
import type { PrismaClient } from '../../../prisma/generated/client.ts'

/** All that a run has left behind, without what differs from run to run: ids, times, which node did what. */
export interface EndState {
  users: unknown[]
  confirmations: unknown[]
  signUpCounts: unknown[]
  messages: Record<string, number>
  /** By subscription and state. */
  deliveries: Record<string, number>
  audit: Record<string, number>
  processes: unknown[]
  /** Steps of processes, by the message that brought them about. */
  revisions: Record<string, number>
  /** Whoever received something outside, however often: that is at least once. */
  received: Record<string, number>
}

/** @param prisma of a node: what is sealed reads differently in every run. */
export async function readEndState(pool: Pool, prisma: PrismaClient): Promise<EndState> {
  const rows = async (text: string) => (await pool.query<Record<string, unknown>>(text)).rows
  const counts = async (text: string) =>
    Object.fromEntries((await rows(text)).map(({ what, times }) => [String(what), Number(times)]))
  return {
    users: (await prisma.user.findMany()).map(({ email, name, phone, role, emailConfirmedAt }) => ({
      ...{ email, name, phone, role },
      confirmed: emailConfirmedAt !== null,
    })),
    confirmations: await rows('SELECT email_key, confirmed_at IS NOT NULL AS confirmed FROM email_confirmations'),
    signUpCounts: await rows('SELECT sign_ups, confirmed FROM sign_up_counts'),
    messages: await counts('SELECT name AS what, count(*) AS times FROM messages GROUP BY 1 ORDER BY 1'),
    deliveries: await counts(
      `SELECT subscription || ' ' || state AS what, count(*) AS times FROM deliveries GROUP BY 1 ORDER BY 1`,
    ),
    audit: await counts('SELECT action AS what, count(*) AS times FROM audit_entries GROUP BY 1 ORDER BY 1'),
    processes: await rows('SELECT name, status, state, version, context FROM processes'),
    revisions: await counts(
      `SELECT process_name || ' by ' || message_name AS what, count(*) AS times FROM process_revisions GROUP BY 1 ORDER BY 1`,
    ),
    received: await counts(
      `SELECT channel || ' ' || recipient AS what, count(DISTINCT external_id) AS times
       FROM mailbox_messages GROUP BY 1 ORDER BY 1`,
    ),
  }
}

/** What must hold after every run, whatever it was: each line names something that does not. */
const BROKEN = `
  SELECT 'message ' || m.name || ' lacks deliveries' AS problem
  FROM messages AS m
  WHERE m.id NOT IN (SELECT message_id FROM deliveries) AND NOT m.name = ANY ($1)
  UNION ALL
  SELECT 'delivery of ' || subscription || ' is still ' || state FROM deliveries
  WHERE state = 'running' OR (state IN ('pending', 'retrying') AND due_at <= now())
  UNION ALL
  SELECT 'message ' || m.name || ' has an unknown cause' FROM messages AS m
  WHERE m.causation_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM deliveries AS d WHERE d.message_id = m.causation_id AND d.id = m.causation_delivery_id)
  UNION ALL
  SELECT 'attempt ' || number || ' of ' || d.subscription || ' is not recorded'
  FROM deliveries AS d CROSS JOIN LATERAL generate_series(1, d.attempt) AS number
  WHERE NOT EXISTS (SELECT FROM attempts AS a WHERE a.delivery_id = d.id AND a.number = number.number)
  UNION ALL
  SELECT channel || ' to ' || recipient || ' was sent ' || count(*) || ' times' FROM mailbox_messages
  GROUP BY channel, recipient, external_id HAVING count(*) > $2`

/** @param unheard names of events that nobody subscribes to. */
export async function findProblems(pool: Pool, unheard: readonly string[], mostSends: number): Promise<string[]> {
  const { rows } = await pool.query<{ problem: string }>(BROKEN, [unheard, mostSends])
  return rows.map((row) => row.problem)
}
