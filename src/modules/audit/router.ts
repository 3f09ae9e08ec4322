/** What people may read in the log: what concerns themselves, in plain words. */
import { z } from 'zod'
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import { memberProcedure, router } from '../../web/trpc/init.ts'
import { historyWords } from './model/history-words.ts'
import { findBodies, listEntriesAbout } from './store.ts'

interface Parts {
  prisma: PrismaClient
  /** Opens what is personal in a stored body; what is secret stays sealed. */
  openPersonal(body: unknown): Promise<unknown>
}

export interface HistoryItem {
  id: string
  at: string
  words: string
}

const cursorSchema = z.object({ at: z.iso.datetime(), id: z.uuid() })

export type HistoryCursor = z.infer<typeof cursorSchema>

export function createHistoryRouter({ prisma, openPersonal }: Parts) {
  return router({
    mine: memberProcedure
      .input(z.object({ before: cursorSchema.nullable().default(null) }))
      .query(async ({ ctx, input }): Promise<{ items: HistoryItem[]; next: HistoryCursor | null }> => {
        const { userId } = ctx.session.user
        const { entries, hasMore } = await listEntriesAbout(prisma, userId, input.before)
        const bodies = await findBodies(prisma, userId, entries)
        const items = entries.map(async ({ id, at, action, actorId, details, messageId }) => {
          const body = record(await openPersonal(bodies.get(messageId ?? '')))
          const entry = { action, details: record(details) ?? {}, body, isOwn: actorId === userId }
          return { id, at: at.toISOString(), words: historyWords(entry) }
        })
        const last = entries.at(-1)
        return {
          items: await Promise.all(items),
          next: hasMore && last ? { at: last.at.toISOString(), id: last.id } : null,
        }
      }),
  })
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}
