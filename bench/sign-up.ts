/** Signs people up over HTTP, as a browser does. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

const answerSchema = z.object({
  result: z.object({ data: z.object({ json: z.object({ outcome: z.literal('created') }) }) }),
})

/** Milliseconds that each of `count` sign-ups took, one after the other without a pause. */
export async function signUpInTurn(origin: string, count: number): Promise<number[]> {
  const millis: number[] = []
  while (millis.length < count) millis.push(await timedSignUp(origin))
  return millis
}

/** Milliseconds that each of `count` sign-ups took, one every `everyMs`, however long the one before takes. */
export async function signUpSteadily(origin: string, count: number, everyMs: number): Promise<number[]> {
  const people: Promise<number>[] = []
  while (people.length < count) {
    people.push(timedSignUp(origin))
    await delay(everyMs)
  }
  return Promise.all(people)
}

async function timedSignUp(origin: string): Promise<number> {
  const startedAt = performance.now()
  await signUp(origin)
  return performance.now() - startedAt
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
