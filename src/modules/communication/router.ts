import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import { publicProcedure, router } from '../../web/trpc/init.ts'
import { writeSample } from './letters/samples.ts'
import { CODE_PLACE, writeText } from './letters/text-messages.ts'
import { LETTERS, LOCALES, TEXTS } from './model/letters.ts'
import { listReceived } from './store.ts'

export { createPreferencesRouter } from './preferences-router.ts'

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

/** A letter or a text with made-up data. */
export interface Sample {
  subject: string | null
  text: string
  html: string | null
}

interface MailboxParts {
  prisma: PrismaClient
  isEnabled: boolean
  /** Whether developers work here: they see all letters side by side. */
  hasGallery: boolean
  appUrl: string
}

/** The built-in mailbox: only where no real mail server is configured, and then open to everybody. */
export function createMailboxRouter({ prisma, isEnabled, hasGallery, appUrl }: MailboxParts) {
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
    sample: publicProcedure
      .input(
        z.object({ kind: z.enum(['letter', 'text']), name: z.enum([...LETTERS, ...TEXTS]), locale: z.enum(LOCALES) }),
      )
      .query(({ input: { kind, name, locale } }): Promise<Sample> => {
        if (!isEnabled && !hasGallery) throw new TRPCError({ code: 'NOT_FOUND', message: 'There is no gallery here.' })
        const [letter, text] = [LETTERS.find((each) => each === name), TEXTS.find((each) => each === name)]
        if (kind === 'letter' && letter) return writeSample(letter, locale, appUrl)
        if (kind === 'text' && text) return Promise.resolve(sampleText(text, locale))
        throw new TRPCError({ code: 'NOT_FOUND', message: `There is no ${kind} ${name}.` })
      }),
  })
}

function sampleText(text: (typeof TEXTS)[number], locale: (typeof LOCALES)[number]): Sample {
  const written = writeText(text, locale, { name: 'Anna Berg' }).replace(CODE_PLACE, '204 917')
  return { subject: null, html: null, text: written }
}
