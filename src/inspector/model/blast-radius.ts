/** What a retry will set off again, as far as the past tells. */

export interface Emission {
  /** Name of the message. */
  name: string
  /** Of one handling that succeeded, on average. */
  each: number
}

export interface Blast {
  subscription: string
  /** Dead deliveries of the selection that it will handle again. */
  count: number
  /** Null where this build has no such handler: they will wait for one that has. */
  kind: 'transactional' | 'effectful' | null
  /** What it has sent in the last week, the most frequent first. */
  emits: Emission[]
  /** Handlings that succeeded in that week: what is said rests on so many. */
  observed: number
}

export const GUARANTEE_WORDS = {
  transactional: 'transactional: what it did before was rolled back, so it happens exactly once',
  effectful: 'effectful: it calls outside, and what it did before it failed may happen again (at least once)',
} as const

/** `2 × communication.send-sms`, `about 7 × …`: how many messages the retry may send, by history. */
export function emissionWords({ name, each }: Emission, count: number): string {
  const expected = each * count
  const isExact = Math.abs(each - Math.round(each)) < 1e-9
  return `${isExact ? '' : 'about '}${Math.max(1, Math.round(expected)).toLocaleString('en')} × ${name}`
}
