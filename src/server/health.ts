import type { Pool } from 'pg'

export type HealthParts = Record<'database' | 'migrations' | 'dispatcher' | 'feed', { ok: boolean; detail: string }>

export interface HealthSources {
  pool: Pool
  /** Applied when the node started; a node that cannot apply them does not start. */
  migrations: string
  /** Null on a node that handles no messages. */
  dispatcher: { isHealthy: boolean; inFlight: number } | null
  /** Null on a node without the web. */
  feed: { isHealthy: boolean } | null
}

/** Whether this node can do its work, with a line for each part. */
export async function checkHealth({ pool, migrations, dispatcher, feed }: HealthSources): Promise<HealthParts> {
  const database = await pool.query('SELECT 1').then(
    () => ({ ok: true, detail: 'answers' }),
    () => ({ ok: false, detail: 'does not answer' }),
  )
  return {
    database,
    migrations: { ok: true, detail: migrations },
    dispatcher: dispatcher
      ? {
          ok: dispatcher.isHealthy,
          detail: dispatcher.isHealthy ? `${dispatcher.inFlight} in flight` : 'cannot claim work',
        }
      : { ok: true, detail: 'not on this node' },
    feed: feed
      ? { ok: feed.isHealthy, detail: feed.isHealthy ? 'reads' : 'cannot read changes' }
      : { ok: true, detail: 'not on this node' },
  }
}
