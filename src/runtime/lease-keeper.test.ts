import { setTimeout as delay } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import type { ClaimedDelivery } from '../bus/index.ts'
import { InHand, type Taken } from './in-hand.ts'
import { LeaseKeeper, type LeaseKeeperOptions } from './lease-keeper.ts'

const LEASE_MS = 300

it('a lease that is lost ends the handler; one that was being settled as we looked does not', async () => {
  const hand = new InHand()
  const [settling, lost] = [begin(hand, 'settling'), begin(hand, 'lost')]
  const renewed = Promise.withResolvers<void>()
  const keeper = keeperOf(hand, async (held) => {
    renewed.resolve()
    return held.map((each) => each.leaseToken)
  })
  keeper.start()
  await renewed.promise
  await delay(20)
  hand.ended(settling)
  const isLost = ({ deliveries }: Taken) => deliveries[0]!.abort.signal.aborted
  await vi.waitFor(() => expect(isLost(lost)).toBe(true))
  keeper.stop()
  expect(isLost(settling)).toBe(false)
})

function begin(hand: InHand, name: string): Taken {
  const delivery = { deliveryId: name, leaseToken: name, subscription: 'test.call' } as ClaimedDelivery
  hand.take([delivery])
  return hand.next('test.call', 10)!
}

function keeperOf(hand: InHand, renew: LeaseKeeperOptions['deliveries']['renew']): LeaseKeeper {
  const deliveries = { renew, reap: async () => 0, takeOrphans: async () => [], giveBack: async () => {} }
  return new LeaseKeeper({
    hand,
    pace: { forget: () => {} },
    deliveries: deliveries as unknown as LeaseKeeperOptions['deliveries'],
    registry: { subscriptions: new Map() } as unknown as LeaseKeeperOptions['registry'],
    pipeline: {} as LeaseKeeperOptions['pipeline'],
    observe: () => {},
    leaseMs: LEASE_MS,
  })
}
