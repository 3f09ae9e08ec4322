import type { z } from 'zod'

const MASK = '••••'

/** What a masked field may have been, by what contracts ask for. */
const MADE_UP = [
  'masked',
  'masked@example.com',
  '+491700000000',
  '019abcde-0000-7000-8000-000000000001',
  '2026-01-01T00:00:00.000Z',
  'https://example.com',
  'a'.repeat(64),
  0,
  true,
  null,
  [],
  {},
] as const

/** A body with something in place of what is masked: in each place the first that its contract takes. */
export function withoutMasks(schema: z.ZodType, body: unknown): unknown {
  const whole = { body: structuredClone(body) }
  const places = masksIn(whole)
  for (const { parent, key } of places) parent[key] = MADE_UP[0]
  for (let tried = 0; tried <= MADE_UP.length * places.length; tried += 1) {
    const { success, error } = schema.safeParse(whole.body)
    if (success) return whole.body
    const wrong = places.find((place) => error.issues.some((issue) => `body.${issue.path.join('.')}` === place.path))
    const next = wrong && wrong.tried + 1
    if (!wrong || next === undefined || next >= MADE_UP.length) break
    wrong.tried = next
    wrong.parent[wrong.key] = MADE_UP[next]
  }
  throw new Error(`Nothing could be made up for what is masked in ${JSON.stringify(body)}: write it by hand.`)
}

interface Place {
  path: string
  parent: Record<string, unknown>
  key: string
  /** Which of what is made up stands there. */
  tried: number
}

function masksIn(value: unknown, path: readonly string[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const parent = value as Record<string, unknown>
  return Object.entries(parent).flatMap(([key, item]) =>
    item === MASK ? [{ path: [...path, key].join('.'), parent, key, tried: 0 }] : masksIn(item, [...path, key]),
  )
}
