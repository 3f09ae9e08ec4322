import { z } from 'zod'
import { RetryAfter, Unrecoverable } from '../../bus/index.ts'
import { retryAfterMs } from './model/retry-after.ts'

export interface SmsGateway {
  /** Resolves when the provider has taken the text. The same `key` for every repeat. */
  send(sms: { to: string; text: string }, key: string, signal: AbortSignal): Promise<{ providerId: string }>
}

const answerSchema = z.object({ id: z.string() })
const RETRYABLE = new Set([408, 425, 429])
/** Answers that may say when to come again, in a Retry-After header. */
const MAY_SAY_WHEN = new Set([429, 503])

/** Posts JSON `{to, text}` to `smsUrl`; expects `{id}`. A 4xx answer is final, but for time-outs and limits. */
export function createSmsGateway({ smsUrl }: { smsUrl: string }): SmsGateway {
  return {
    send: async ({ to, text }, key, signal) => {
      const response = await fetch(smsUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ to, text }),
        signal,
      })
      if (response.ok) return { providerId: answerSchema.parse(await response.json()).id }
      const problem = `The SMS provider answered ${response.status}.`
      const waitMs = retryAfterMs(response.headers.get('retry-after'), new Date())
      if (waitMs !== null && MAY_SAY_WHEN.has(response.status)) throw new RetryAfter(problem, waitMs)
      const isFinal = response.status >= 400 && response.status < 500 && !RETRYABLE.has(response.status)
      throw isFinal ? new Unrecoverable(problem) : new Error(problem)
    },
  }
}
