import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import { publicProcedure, router } from '../../web/trpc/init.ts'
import { listReceived } from './store.ts'

/** What a sink received. */
export interface MailboxItem {
  id: string
  channel: 'email' | 'sms'
  receivedAt: string
  sender: string
  recipient: string
  subject: string | null
  text: string
  html: string | null
  /** The same for a repeat. */
  externalId: string | null
}

/** The built-in mailbox: only where no real mail server is configured, and then open to everybody. */
export function createMailboxRouter({ prisma, isEnabled }: { prisma: PrismaClient; isEnabled: boolean }) {
  return router({
    enabled: publicProcedure.query(() => isEnabled),
    list: publicProcedure
      .input(z.object({ limit: z.int().min(1).max(100).default(50) }))
      .query(async ({ input }): Promise<{ items: MailboxItem[] }> => {
        if (!isEnabled) throw new TRPCError({ code: 'NOT_FOUND', message: 'Mail goes to a real server here.' })
        const rows = await listReceived(prisma, input.limit)
        return {
          items: rows.map((row) => ({
            ...row,
            channel: row.channel === 'sms' ? 'sms' : 'email',
            receivedAt: row.receivedAt.toISOString(),
          })),
        }
      }),
  })
}
