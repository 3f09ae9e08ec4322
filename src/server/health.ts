import type { Pool } from 'pg'

/** Somebody waits for the answer: a database that hangs is one that is away. */
const ANSWER_WITHIN_MS = 2_000

export type HealthParts = Record<'database' | 'migrations' | 'dispatcher' | 'feed', { ok: boolean; detail: string }>

export interface HealthSources {
  pool: Pool
  disk: { isFull: boolean }
  server: { isDiskFull: boolean }
  /** Whether this node hears the others; where it does not, its polls find what they did. */
  wake: { isListening: boolean }
  /** Applied when the node started; a node that cannot apply them does not start. */
  migrations: string
  /** Null on a node that handles no messages. */
  dispatcher: { isHealthy: boolean; inFlight: number } | null
  /** Null on a node without the web. */
  feed: { isHealthy: boolean } | null
}

/** Whether this node can do its work, with a line for each part. */
export async function checkHealth(sources: HealthSources): Promise<HealthParts> {
  const { pool, disk, server, wake, migrations, dispatcher, feed } = sources
  const database = await answersInTime(pool).then(
    () => (disk.isFull ? { ok: false, detail: 'its disk is full' } : { ok: true, detail: 'answers' }),
    () => ({ ok: false, detail: server.isDiskFull ? 'its disk is full' : 'does not answer' }),
  )
  return {
    database,
    migrations: { ok: true, detail: migrations },
    dispatcher: dispatcher
      ? {
          ok: dispatcher.isHealthy,
          detail: dispatcher.isHealthy ? inFlight(dispatcher.inFlight, wake.isListening) : 'cannot claim work',
        }
      : { ok: true, detail: 'not on this node' },
    feed: feed
      ? { ok: feed.isHealthy, detail: feed.isHealthy ? 'reads' : 'cannot read changes' }
      : { ok: true, detail: 'not on this node' },
  }
}

async function answersInTime(pool: Pool): Promise<void> {
  const late = Promise.withResolvers<never>()
  const limit = setTimeout(() => late.reject(new Error('no answer')), ANSWER_WITHIN_MS)
  const answer = pool.query('SELECT 1')
  answer.catch(() => {})
  await Promise.race([answer, late.promise]).finally(() => clearTimeout(limit))
}

function inFlight(count: number, isListening: boolean): string {
  return isListening ? `${count} in flight` : `${count} in flight; does not hear other nodes at the moment, and polls`
}
