import { z } from 'zod'
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import { type Bus, BusError } from '../../bus/index.ts'
import { phoneInWords } from '../../web/phone-in-words.ts'
import { memberProcedure, router } from '../../web/trpc/init.ts'
import { SetPreferences } from './messages.ts'
import { type Locale, localeOf } from './model/letters.ts'
import { isTimeZone, type QuietHours } from './model/quiet-hours.ts'
import type { Channel, Purpose } from './model/rules.ts'
import { channelOf, findPreferences, UNCHOSEN } from './store.ts'

/** How a person is written to, as they see it themselves. */
export interface Preferences {
  email: string
  phone: string | null
  /** No warning goes to a number that was only given. */
  phoneConfirmed: boolean
  locale: Locale
  timeZone: string
  channel: Channel
  quietHours: QuietHours | null
  /** What the person has agreed to, and since when. */
  consents: { purpose: Purpose; givenAt: string }[]
  /** Since when mail to the address comes back, and what the server said. */
  emailProblem: Problem | null
  phoneProblem: Problem | null
}

interface Problem {
  since: string
  answer: string
}

/** Longer than it takes; then the person is told that it goes on without them waiting. */
const REPLY_TIMEOUT_MS = 3_000

const form = SetPreferences.body.omit({ userId: true }).extend({
  timeZone: z.string().max(100).refine(isTimeZone, 'Please choose a time zone from the list.'),
  quietHours: SetPreferences.body.shape.quietHours.refine(
    (hours) => hours === null || hours.from !== hours.until,
    'Please choose two different times.',
  ),
})

export function createPreferencesRouter({ bus, prisma }: { bus: Bus; prisma: PrismaClient }) {
  return router({
    preferences: memberProcedure.query(async ({ ctx }): Promise<Preferences> => {
      const { userId, email } = ctx.session.user
      const row = await findPreferences(prisma, userId)
      return row ? toPreferences(row) : { ...UNKNOWN, email }
    }),

    timeZones: memberProcedure.query(() => [
      'UTC',
      ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
    ]),

    setPreferences: memberProcedure.input(form).mutation(async ({ ctx, input }) => {
      const body = { ...input, userId: ctx.session.user.userId }
      try {
        return (await bus.execute(SetPreferences, body, { timeoutMs: REPLY_TIMEOUT_MS })).reply
      } catch (error) {
        if (!(error instanceof BusError) || error.code !== 'reply-timeout') throw error
        return { outcome: 'accepted' as const }
      }
    }),
  })
}

const UNKNOWN: Omit<Preferences, 'email'> = {
  phone: null,
  phoneConfirmed: false,
  ...UNCHOSEN,
  quietHours: null,
  consents: [],
  emailProblem: null,
  phoneProblem: null,
}

type Row = NonNullable<Awaited<ReturnType<typeof findPreferences>>>

function toPreferences(row: Row): Preferences {
  const { email, phone, locale, timeZone, channel, quietFrom, quietUntil, consents } = row
  return {
    email,
    phone: phone && phoneInWords(phone),
    phoneConfirmed: row.phoneConfirmedAt !== null,
    locale: localeOf(locale),
    timeZone,
    channel: channelOf(channel),
    quietHours: quietFrom && quietUntil ? { from: quietFrom, until: quietUntil } : null,
    consents: consents.map(({ purpose, givenAt }) => ({ purpose: purpose as Purpose, givenAt: givenAt.toISOString() })),
    emailProblem: problemOf(row.emailSuppressedAt, row.emailAnswer),
    phoneProblem: problemOf(row.phoneSuppressedAt, row.phoneAnswer),
  }
}

function problemOf(since: Date | null, answer: string | null): Problem | null {
  return since && { since: since.toISOString(), answer: answer ?? '' }
}
