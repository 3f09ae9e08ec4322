import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../../e2e/own-app.ts'
import { createSmtpSink } from '../../src/modules/communication/sinks/smtp-sink.ts'

/** How the mail server behaves during a round; `built-in` is the app's own. */
export const MAIL_SERVERS = ['built-in', 'fast', 'takes 10 s', 'down'] as const

export type MailServer = (typeof MAIL_SERVERS)[number]

/** Settings that point an app at such a mail server, and how to end it. */
export async function openMailServer(
  kind: MailServer,
): Promise<{ env: Record<string, string>; stop(): Promise<void> }> {
  if (kind === 'built-in') return { env: {}, stop: async () => undefined }
  if (kind === 'down') {
    return { env: { SMTP_URL: `smtp://127.0.0.1:${await freePort()}` }, stop: async () => undefined }
  }
  const stopping = new AbortController()
  const sink = createSmtpSink(async () => {
    if (kind === 'takes 10 s') await delay(10_000, undefined, { signal: stopping.signal })
  })
  const stop = async () => {
    stopping.abort()
    await sink.stop()
  }
  return { env: { SMTP_URL: await sink.start() }, stop }
}
