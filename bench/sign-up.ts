/** Signs people up over HTTP, as a browser does. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'

const answerSchema = z.object({
  result: z.object({ data: z.object({ json: z.object({ outcome: z.literal('created') }) }) }),
})

/** Milliseconds that each of `count` sign-ups took, so many at a time. */
export async function signUpMany(origin: string, count: number, atOnce: number): Promise<number[]> {
  const millis: number[] = []
  let left = count
  const person = async () => {
    while (left > 0) {
      left -= 1
      const startedAt = performance.now()
      await signUp(origin)
      millis.push(performance.now() - startedAt)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, person))
  return millis
}

async function signUp(origin: string): Promise<void> {
  const key = randomUUID()
  const json = {
    name: 'Ada Lovelace',
    email: `ada.${key}@example.com`,
    password: 'a password of hers',
    phone: '+491701234567',
    idempotencyKey: key,
  }
  const response = await fetch(`${origin}/api/trpc/accounts.signUp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ json }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`A sign-up at ${origin} failed: ${response.status} ${text}`)
  answerSchema.parse(JSON.parse(text))
}
