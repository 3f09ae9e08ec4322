import { z } from 'zod'
import { RetryAfter, Unrecoverable } from '../../bus/index.ts'
import { dialableNumber } from './model/phone-number.ts'
import { retryAfterMs } from './model/retry-after.ts'
import { isFinal, maySayWhen, rejectionOf } from './model/sms-answer.ts'

export type SmsOutcome = { outcome: 'sent'; providerId: string } | { outcome: 'rejected'; answer: string }

export interface SmsAttempt {
  /** The same for every repeat. */
  key: string
  /** Of a repeat: since when an earlier try may have come through. */
  repeatSince: Date | null
  signal: AbortSignal
}

export interface SmsGateway {
  /**
   * Resolves when the provider has taken the text, or has said that none will reach the number.
   *
   * @throws RetryAfter when the provider says how long to wait.
   * @throws Unrecoverable when it refuses for good for another reason.
   */
  send(sms: { to: string; text: string }, attempt: SmsAttempt): Promise<SmsOutcome>
}

/** A provider that is slower than this counts as away. */
const LIMIT_MS = 10_000
/** A provider that only takes texts: nobody can tell, and a repeat is better than none. */
const HAS_NO_LIST = new Set([404, 405, 501])
/** Its clock may be behind ours. */
const CLOCK_SKEW_MS = 60_000

const takenSchema = z.object({ sid: z.string() })
const refusedSchema = z.object({ code: z.number().optional() })
const listSchema = z.object({
  messages: z.array(z.object({ sid: z.string(), body: z.string(), status: z.string(), date_created: z.string() })),
})

/**
 * Speaks Twilio's API to the provider at `smsUrl`: `https://<account>:<token>@api.twilio.com/2010-04-01?From=…`. The
 * parameters are sent along with every text.
 *
 * Twilio has no keys for repeats: where the answer to an earlier try was lost, its list of texts to the number is asked
 * first. A text that it took but does not list yet goes out twice.
 */
export function createSmsGateway({ smsUrl, limitMs = LIMIT_MS }: { smsUrl: string; limitMs?: number }): SmsGateway {
  const { messagesUrl, authorization, fields } = providerOf(smsUrl)
  const call = (
    url: string,
    signal: AbortSignal,
    init: { method?: string; body?: URLSearchParams; key?: string } = {},
  ) =>
    fetch(url, {
      method: init.method ?? 'GET',
      headers: { authorization, ...(init.key && { 'idempotency-key': init.key }) },
      ...(init.body && { body: init.body }),
      // What a person is told, and with whose account, goes to the provider and nowhere it may point.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
    })
  const findTaken = async (to: string, text: string, since: Date, signal: AbortSignal) => {
    const response = await call(`${messagesUrl}?${new URLSearchParams({ To: to, PageSize: '50' })}`, signal)
    if (HAS_NO_LIST.has(response.status)) return undefined
    if (!response.ok) throw problemOf(response)
    const { messages } = listSchema.parse(await response.json())
    const earliest = since.getTime() - CLOCK_SKEW_MS
    return messages.find(
      ({ body, status, date_created }) =>
        body === text && status !== 'failed' && status !== 'undelivered' && Date.parse(date_created) >= earliest,
    )
  }
  return {
    send: async ({ to, text }, { key, repeatSince, signal }) => {
      const number = dialableNumber(to)
      if (!number) return { outcome: 'rejected', answer: 'not a phone number' }
      const taken = repeatSince && (await findTaken(number, text, repeatSince, signal))
      if (taken) return { outcome: 'sent', providerId: taken.sid }
      const body = new URLSearchParams({ ...fields, To: number, Body: text })
      const response = await call(messagesUrl, signal, { method: 'POST', body, key })
      if (response.ok) return { outcome: 'sent', providerId: takenSchema.parse(await response.json()).sid }
      const refused = refusedSchema.safeParse(await response.json().catch(() => null))
      const answer = rejectionOf(response.status, refused.data?.code)
      if (answer) return { outcome: 'rejected', answer }
      throw problemOf(response, refused.data?.code)
    },
  }
}

function problemOf({ status, headers }: Response, code?: number): Error {
  const problem = `The SMS provider answered ${status}${code === undefined ? '' : ` (code ${code})`}.`
  const waitMs = maySayWhen(status) ? retryAfterMs(headers.get('retry-after'), new Date()) : null
  if (waitMs !== null) return new RetryAfter(problem, waitMs)
  return isFinal(status) ? new Unrecoverable(problem) : new Error(problem)
}

function providerOf(smsUrl: string) {
  const url = new URL(smsUrl)
  const [account, token] = [decodeURIComponent(url.username), decodeURIComponent(url.password)]
  const base = `${url.origin}${url.pathname.replace(/\/$/, '')}`
  return {
    messagesUrl: `${base}/Accounts/${encodeURIComponent(account)}/Messages.json`,
    authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`,
    // A + that was not written as %2B is read as a blank.
    fields: Object.fromEntries([...url.searchParams].map(([name, value]) => [name, value.replace(/^ /, '+')])),
  }
}
