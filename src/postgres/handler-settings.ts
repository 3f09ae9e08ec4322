import type { Pool } from 'pg'
import type { HandlerSettings, HandlerSettingsStore } from '../bus/index.ts'

interface SettingsRow {
  subscription: string
  is_paused: boolean
  concurrency: number | null
  rate_count: number | null
  rate_per_ms: number | null
}

/** As many rows as there are handlers that somebody changed. Every node asks twice a second. */
const FIND_ALL = {
  name: 'handler-settings',
  text: 'SELECT subscription, is_paused, concurrency, rate_count, rate_per_ms FROM handler_settings',
}

const SAVE_PAUSED = `
  INSERT INTO handler_settings (subscription, is_paused, changed_by) VALUES ($1, $2, $3)
  ON CONFLICT (subscription) DO UPDATE
  SET is_paused = excluded.is_paused, changed_by = excluded.changed_by, changed_at = now()`

const SAVE_LIMITS = `
  INSERT INTO handler_settings (subscription, concurrency, rate_count, rate_per_ms, changed_by) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (subscription) DO UPDATE
  SET concurrency = excluded.concurrency, rate_count = excluded.rate_count, rate_per_ms = excluded.rate_per_ms,
      changed_by = excluded.changed_by, changed_at = now()`

export function createHandlerSettingsStore(pool: Pool): HandlerSettingsStore {
  return {
    findAll: async () => {
      const { rows } = await pool.query<SettingsRow>(FIND_ALL)
      return new Map(rows.map((row) => [row.subscription, toSettings(row)]))
    },
    savePaused: async (tx, subscription, isPaused, actorId) => {
      await tx.query(SAVE_PAUSED, [subscription, isPaused, actorId])
    },
    saveLimits: async (tx, subscription, { concurrency, rateLimit }, actorId) => {
      const rate = [rateLimit?.count ?? null, rateLimit?.perMs ?? null]
      await tx.query(SAVE_LIMITS, [subscription, concurrency, ...rate, actorId])
    },
  }
}

function toSettings({ is_paused, concurrency, rate_count, rate_per_ms }: SettingsRow): HandlerSettings {
  const rateLimit = rate_count === null || rate_per_ms === null ? null : { count: rate_count, perMs: rate_per_ms }
  return { isPaused: is_paused, concurrency, rateLimit }
}
