import { describe, expect, it } from 'vitest'
import { countsOf, keptBy, removedFrom } from './removal.ts'
import { aDelivery } from './testing/views.ts'

const kept = (...deliveries: ReturnType<typeof aDelivery>[]) => ({
  occurredAt: '2026-01-01T00:00:00.000Z',
  deliveries,
  metadata: { retentionDays: 30 },
})
const done = aDelivery('m', 'd1', { state: 'succeeded', settledAt: '2026-01-02T12:00:00.000Z' })
const skipped = aDelivery('m', 'd2', { state: 'skipped' })
const dead = aDelivery('m', 'd3', { state: 'dead', settledAt: '2026-01-05T00:00:00.000Z' })

describe('when a message is removed', () => {
  it('is so many days after the last of its deliveries was settled', () => {
    expect(removedFrom(kept(done, skipped))).toBe('2026-02-01T12:00:00.000Z')
    expect(removedFrom(kept())).toBe('2026-01-31T00:00:00.000Z')
  })

  it('is not as long as something of it is open or dead', () => {
    const deliveries = [done, dead, aDelivery('m', 'd4', { state: 'retrying' })]
    expect(removedFrom(kept(...deliveries))).toBeNull()
    expect(keptBy(deliveries)).toBe('1 dead, 1 retrying')
    expect(countsOf(deliveries)).toBe('1 succeeded, 1 dead, 1 retrying')
  })
})
