import type { Pool } from 'pg'
import type { RateLimits, TokensGranted } from '../bus/index.ts'

const CREATE = {
  name: 'create-rate-limits',
  text: 'INSERT INTO rate_limits (subscription) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING',
}

/**
 * Looks first what is due, so that a look for nothing writes nothing. The rows are locked in one order everywhere;
 * who waited for a row goes on with what is in it by then.
 */
const TAKE = {
  name: 'take-tokens',
  text: `
    WITH asked AS MATERIALIZED (
      SELECT a.subscription, a.per_ms, a.token_ms, (
        SELECT count(*)::int FROM (
          (SELECT 1 FROM deliveries WHERE subscription = a.subscription AND state IN ('pending', 'retrying')
             AND due_at <= now() AND ordering_key IS NULL AND parked_reason IS NULL LIMIT a.wanted)
          UNION ALL
          (SELECT 1 FROM deliveries WHERE subscription = a.subscription AND state IN ('pending', 'retrying')
             AND due_at <= now() AND ordering_key IS NOT NULL AND parked_reason IS NULL LIMIT a.wanted)
          LIMIT a.wanted
        ) AS waiting
      ) AS due
      FROM unnest($1::text[], $2::int[], $3::float8[], $4::float8[]) AS a (subscription, wanted, per_ms, token_ms)
    ), held AS (
      SELECT a.subscription, a.due, a.token_ms,
             greatest(r.spent_until, clock_timestamp() - make_interval(secs => a.per_ms / 1000)) AS spent_until
      FROM asked AS a JOIN rate_limits AS r ON r.subscription = a.subscription
      WHERE a.due > 0
      ORDER BY a.subscription
      FOR UPDATE OF r
    ), free AS MATERIALIZED (
      SELECT held.*, extract(epoch FROM clock_timestamp() - spent_until)::float8 * 1000 AS unspent_ms FROM held
    ), granted AS MATERIALIZED (
      SELECT free.*, greatest(0, least(due, floor(unspent_ms / token_ms)::int)) AS tokens FROM free
    ), taken AS (
      UPDATE rate_limits AS r SET spent_until = g.spent_until + make_interval(secs => g.tokens * g.token_ms / 1000)
      FROM granted AS g WHERE r.subscription = g.subscription AND g.tokens > 0
    )
    SELECT subscription, tokens,
           CASE WHEN tokens < due THEN greatest(1, (tokens + 1) * token_ms - unspent_ms) END AS next_in_ms
    FROM granted`,
}

const GIVE_BACK = {
  name: 'give-tokens-back',
  text: `
    UPDATE rate_limits AS r SET spent_until = r.spent_until - make_interval(secs => u.unspent_ms / 1000)
    FROM unnest($1::text[], $2::float8[]) AS u (subscription, unspent_ms) WHERE r.subscription = u.subscription`,
}

interface GrantRow {
  subscription: string
  tokens: number
  next_in_ms: number | null
}

export function createRateLimits(pool: Pool): RateLimits {
  const created = new Set<string>()
  return {
    take: async (asked): Promise<TokensGranted[]> => {
      const names = asked.map((each) => each.subscription)
      if (names.some((name) => !created.has(name))) {
        await pool.query({ ...CREATE, values: [names] })
        for (const name of names) created.add(name)
      }
      const values = [
        names,
        asked.map((each) => each.wanted),
        asked.map(({ limit }) => limit.perMs),
        asked.map(({ limit }) => limit.perMs / limit.count),
      ]
      const { rows } = await pool.query<GrantRow>({ ...TAKE, values })
      return rows.map(({ subscription, tokens, next_in_ms: nextInMs }) => ({ subscription, tokens, nextInMs }))
    },
    giveBack: async (unused) => {
      const values = [
        unused.map((each) => each.subscription),
        unused.map(({ limit, tokens }) => (tokens * limit.perMs) / limit.count),
      ]
      await pool.query({ ...GIVE_BACK, values })
    },
  }
}
