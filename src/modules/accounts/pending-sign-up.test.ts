import { expect, it } from 'vitest'
import { createSealer } from '../../bus/index.ts'
import { openPending, PENDING_COOKIE, sealPending } from './pending-sign-up.ts'

const sealer = createSealer('a secret for tests only, 32 characters')
const HOUR_MS = 3_600_000
const BEGUN = new Date('2026-11-29T12:00:00Z')
const USER = '0199a0b0-0000-7000-8000-000000000001'
const after = (ms: number) => new Date(BEGUN.getTime() + ms)

function jar(held: Record<string, string> = {}) {
  const kept = new Map(Object.entries(held))
  const ages = new Map<string, number>()
  return {
    ages,
    get: (name: string) => kept.get(name),
    set: (name: string, value: string, { maxAgeSeconds }: { maxAgeSeconds: number }) => {
      kept.set(name, value)
      ages.set(name, maxAgeSeconds)
    },
    clear: (name: string) => void kept.delete(name),
  }
}

it('holds for an hour, in the browser and by what is sealed in it', () => {
  const cookies = jar()
  sealPending(cookies, sealer, USER, BEGUN)
  expect(cookies.ages.get(PENDING_COOKIE)).toBe(3_600)
  expect(cookies.get(PENDING_COOKIE)).not.toContain(USER)
  expect(openPending(cookies, sealer, after(HOUR_MS - 1))).toBe(USER)
  expect(openPending(cookies, sealer, after(HOUR_MS))).toBeNull()
})

it.each([
  ['what was sealed for another use', sealer.seal(JSON.stringify({ userIds: [USER] }))],
  ['a time that is no number', sealer.seal(JSON.stringify({ userId: USER, expiresAt: 'never' }))],
  ['a text that is not JSON', sealer.seal(USER)],
  ['what was not sealed', JSON.stringify({ userId: USER, expiresAt: BEGUN.getTime() + HOUR_MS })],
  [
    'what another installation sealed',
    createSealer('another secret for tests, 32 characters').seal(
      JSON.stringify({ userId: USER, expiresAt: BEGUN.getTime() + HOUR_MS }),
    ),
  ],
])('%s lets nobody in', (_, cookie) => {
  expect(openPending(jar({ [PENDING_COOKIE]: cookie }), sealer, BEGUN)).toBeNull()
})
