import type { Pool } from 'pg'
import type { Forecast } from '../model/overview.ts'

const MINUTES = 60
/** Retries of one handler that are looked at, the next first. */
const MAX_OF_HANDLER = 2_000
const WORST = 3

const SCHEDULED = {
  name: 'forecast-retries',
  text: `
    SELECT known.subscription, next.minute, count(*)::int AS count
    FROM unnest($1::text[]) AS known (subscription) CROSS JOIN LATERAL (
      SELECT floor(extract(epoch FROM due_at - now()) / 60)::int AS minute
      FROM deliveries
      WHERE subscription = known.subscription AND state IN ('pending', 'retrying') AND ordering_key IS NULL
        AND parked_reason IS NULL AND due_at > now() AND due_at < now() + interval '${MINUTES} minutes'
        AND state = 'retrying'
      ORDER BY due_at LIMIT ${MAX_OF_HANDLER}
    ) AS next
    GROUP BY 1, 2`,
}

/** Retries that are due within the hour: a storm that is seen coming can be spread. What is kept in order is left out. */
export async function findForecast(pool: Pool, subscriptions: readonly string[]): Promise<Forecast> {
  const { rows } = await pool.query<{ subscription: string; minute: number; count: number }>({
    ...SCHEDULED,
    values: [subscriptions],
  })
  const minutes = Array.from({ length: MINUTES }, () => 0)
  const counts = new Map<string, number>()
  for (const { subscription, minute, count } of rows) {
    const at = Math.min(MINUTES - 1, Math.max(0, minute))
    minutes[at] = (minutes[at] ?? 0) + count
    counts.set(subscription, (counts.get(subscription) ?? 0) + count)
  }
  return {
    minutes,
    total: minutes.reduce((sum, each) => sum + each, 0),
    isMore: [...counts.values()].some((count) => count >= MAX_OF_HANDLER),
    worst: [...counts]
      .map(([subscription, count]) => ({ subscription, count }))
      .sort((a, b) => b.count - a.count)
      .slice(0, WORST),
  }
}
