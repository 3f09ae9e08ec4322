/**
 * Seals anew what is stored: what was in clear before there were keys of people, and what was sealed with the previous
 * APP_SECRET. In batches, each of which leaves alone what is as it should be: it can be stopped and begun again.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '../../bus/index.ts'
import { resealKeys } from './keys.ts'
import { resealMessages } from './messages.ts'
import type { ResealingParts } from './parts.ts'
import { sealContexts } from './processes.ts'
import { resealTables } from './tables.ts'

const PAUSE_MS = 20
const FIRST_ID = '00000000-0000-0000-0000-000000000000'
/** Ids tell the time they were made at; whoever made one may commit it so much later. */
const LATEST_COMMIT_MS = 60 * 60_000

/**
 * A whole look is the last one only if it began after the last beat of every node of another release: until then such a
 * node may have written in clear, also behind where the look had come by then.
 */
const PROGRESS = `
  SELECT after_message, now() AS begun_at
  FROM sealing_progress
  WHERE done_at IS NULL OR EXISTS (SELECT FROM nodes WHERE version <> $1 AND heartbeat_at >= done_at)`

interface Progress {
  after_message: string
  begun_at: Date
}

/** What the leader does until nothing is in clear any more, and nobody is left who writes so. */
export function sealOldRowsJob(parts: ResealingParts, version: string) {
  return {
    name: 'seal-old-rows',
    everyMs: 60_000,
    run: async (signal: AbortSignal) => {
      const { pool } = parts.storage
      const { rows } = await pool.query<Progress>(PROGRESS, [version])
      const [progress] = rows
      if (!progress) return
      const recent = newId(progress.begun_at.getTime() - LATEST_COMMIT_MS)
      // It shares the database with those who work.
      const rest = () => delay(PAUSE_MS, undefined, { signal })
      try {
        await resealTables(parts, rest)
        await sealContexts(parts, rest)
        const [from] = [progress.after_message, recent].sort()
        for await (const after of resealMessages(parts, from!, rest)) {
          await pool.query('UPDATE sealing_progress SET after_message = $1', [after])
        }
        await pool.query('UPDATE sealing_progress SET done_at = $1, after_message = $2', [progress.begun_at, recent])
      } catch (error) {
        if (!signal.aborted) throw error
      }
    },
  }
}

export interface Rotated {
  keys: number
  rows: number
  messages: number
}

/** Everything that the previous APP_SECRET sealed, under the present one. Safe to repeat. */
export async function rotateSecret(parts: ResealingParts): Promise<Rotated> {
  const rotated = { keys: 0, rows: 0, messages: 0 }
  const counting = (what: keyof Rotated) => async (changed: number) => {
    rotated[what] += changed
  }
  await resealKeys(parts, counting('keys'))
  await resealTables(parts, counting('rows'))
  for await (const _ of resealMessages(parts, FIRST_ID, counting('messages')));
  return rotated
}
