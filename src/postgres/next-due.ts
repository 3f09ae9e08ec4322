import type { Pool } from 'pg'
import type { Capacity, OrderPolicy } from '../bus/index.ts'
import { HEADS } from './claim.ts'

const NEXT_DUE = {
  name: 'next-due',
  text: `
    SELECT extract(epoch FROM min(next.due_at) - now())::float8 * 1000 AS ms
    FROM unnest($1::text[]) AS known (subscription)
    CROSS JOIN LATERAL (
      SELECT due_at FROM deliveries
      WHERE subscription = known.subscription AND state IN ('pending', 'retrying') AND ordering_key IS NULL AND parked_reason IS NULL
        AND due_at > now() - make_interval(secs => $2 / 1000.0)
      ORDER BY due_at LIMIT 1
    ) AS next`,
}

/** Where order is kept: of those that come first. Costs what a claim of theirs costs. */
const NEXT_DUE_IN_ORDER = {
  name: 'next-due-in-order',
  text: `
    SELECT extract(epoch FROM min(next.due_at) - now())::float8 * 1000 AS ms
    FROM unnest($1::text[], $2::bool[]) AS capacity (subscription, dead_waits)
    CROSS JOIN LATERAL (
      ${HEADS}
      SELECT d.due_at FROM head JOIN deliveries AS d ON d.id = head.id
      WHERE d.state IN ('pending', 'retrying') AND d.parked_reason IS NULL
        AND d.due_at > now() - make_interval(secs => $3 / 1000.0)
    ) AS next`,
}

/** When the next delivery is due. Where no subscription keeps order it is one look into an index for each. */
export class NextDue {
  readonly #pool: Pool
  /** As they were claimed. */
  readonly #ordered = new Map<string, OrderPolicy>()

  constructor(pool: Pool) {
    this.#pool = pool
  }

  remember(capacities: readonly Capacity[]): void {
    for (const { subscription, order } of capacities) if (order) this.#ordered.set(subscription, order)
  }

  async inMs(subscriptions: readonly string[], notDueAgoMs: number): Promise<number | null> {
    const ordered = subscriptions.filter((each) => this.#ordered.has(each))
    const found = await Promise.all([
      this.#ask(NEXT_DUE, [subscriptions, notDueAgoMs]),
      ordered.length > 0 ? this.#ask(NEXT_DUE_IN_ORDER, [ordered, this.#waitForDead(ordered), notDueAgoMs]) : null,
    ])
    const due = found.filter((each) => each !== null)
    return due.length === 0 ? null : Math.min(...due)
  }

  #waitForDead(ordered: readonly string[]): boolean[] {
    return ordered.map((each) => this.#ordered.get(each)?.whenDead === 'wait')
  }

  async #ask(statement: { name: string; text: string }, values: unknown[]): Promise<number | null> {
    const { rows } = await this.#pool.query<{ ms: number | null }>({ ...statement, values })
    const ms = rows[0]?.ms ?? null
    // Not by greatest() in SQL, which passes over what is not there: where nothing waits that would be due at once.
    return ms === null ? null : Math.max(0, ms)
  }
}
