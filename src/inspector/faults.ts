import { setTimeout as delay } from 'node:timers/promises'
import type { Pool } from 'pg'
import { BusError, type Interceptor, type Tx } from '../bus/index.ts'
import type { FaultView } from './model/view.ts'

export interface Faults {
  /** Runs ahead of each handler and does what its fault says. */
  before: Interceptor
  /** Active faults by subscription. */
  list(): Promise<Map<string, FaultView>>
}

interface FaultRecord {
  subscription: string
  mode: FaultView['mode']
  remaining: number | null
  delay_ms: number | null
}

/**
 * A statement of its own, not the handler's transaction: a failure that was counted stays counted when the handler
 * is rolled back. Attempts at once wait for the row and look again, so that the count is exact.
 */
const TAKE = `
  WITH counted AS (
    UPDATE faults SET remaining = remaining - 1 WHERE subscription = $1 AND mode = 'fail-times' AND remaining > 0
    RETURNING mode, delay_ms
  )
  SELECT * FROM counted
  UNION ALL SELECT mode, delay_ms FROM faults WHERE subscription = $1 AND mode <> 'fail-times'`

const ACTIVE = 'SELECT subscription, mode, remaining, delay_ms FROM faults WHERE remaining IS DISTINCT FROM 0'

export function createFaults(pool: Pool): Faults {
  return {
    before: async ({ subscription }, signal) => {
      const { rows } = await pool.query<FaultRecord>({ name: 'take-fault', text: TAKE, values: [subscription] })
      const [fault] = rows
      if (!fault) return
      if (fault.mode === 'slow') {
        await delay(fault.delay_ms ?? 0, undefined, { signal })
        return
      }
      throw new BusError('injected-fault', `${subscription} was told to fail in the inspector.`)
    },
    list: async () => {
      const { rows } = await pool.query<FaultRecord>(ACTIVE)
      return new Map(rows.map((row) => [row.subscription, toFaultView(row)]))
    },
  }
}

function toFaultView({ mode, remaining, delay_ms }: FaultRecord): FaultView {
  switch (mode) {
    case 'fail-times':
      return { mode, remaining: remaining ?? 0 }
    case 'slow':
      return { mode, delayMs: delay_ms ?? 0 }
    case 'always':
      return { mode }
  }
}

/** Sets what a handler does wrong from now on; null ends it. */
export async function saveFault(tx: Tx, subscription: string, fault: FaultView | null): Promise<void> {
  await tx.query('DELETE FROM faults WHERE subscription = $1', [subscription])
  if (!fault) return
  const remaining = fault.mode === 'fail-times' ? fault.remaining : null
  const delayMs = fault.mode === 'slow' ? fault.delayMs : null
  await tx.query('INSERT INTO faults (subscription, mode, remaining, delay_ms) VALUES ($1, $2, $3, $4)', [
    subscription,
    fault.mode,
    remaining,
    delayMs,
  ])
}
