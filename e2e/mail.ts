import type { Page } from '@playwright/test'
import { expect } from './people.ts'

interface Received {
  channel: 'email' | 'sms'
  recipient: string
  subject: string | null
  text: string
}

/** What the built-in mailbox has for somebody, newest first. */
export async function mailTo(page: Page, recipient: string): Promise<Received[]> {
  const input = encodeURIComponent(JSON.stringify({ json: { limit: 100 } }))
  const answer = await page.request.get(`/api/trpc/mailbox.list?input=${input}`)
  const { result } = (await answer.json()) as { result: { data: { json: { items: Received[] } } } }
  return result.data.json.items.filter((each) => each.recipient.includes(recipient))
}

/** Waits for a letter or text that reads like this, and returns its text. */
export async function textOf(page: Page, recipient: string, pattern: RegExp): Promise<string> {
  let found: string | undefined
  await expect
    .poll(
      async () => {
        const all = (await mailTo(page, recipient)).map(({ subject, text }) => `${subject ?? ''}\n${text}`)
        found = all.find((each) => pattern.test(each))
        return found !== undefined
      },
      { message: `a letter to ${recipient} that reads ${pattern.source}` },
    )
    .toBe(true)
  return found!
}

/** The path of the link in a letter that reads like this. */
export async function linkIn(page: Page, recipient: string, pattern: RegExp): Promise<string> {
  const link = /https?:\/\/[^\s/]+(\/\S+(?:token|invitation)=\S+)/.exec(await textOf(page, recipient, pattern))?.[1]
  if (!link) throw new Error(`No link in the letter to ${recipient}.`)
  return link
}
