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

it('what waited too long is given back, and is not overtaken meanwhile', async () => {
  const hand = new InHand()
  hand.take([deliveryOf('waiting')])
  const told: string[] = []
  const keeper = keeperOf(hand, async () => [], told)
  keeper.start()
  await vi.waitFor(() => expect(told).toEqual(['nobody overtakes', 'given back', 'nobody overtakes']))
  keeper.stop()
  expect(hand.hasWaiting('test.call')).toBe(false)
})

function begin(hand: InHand, name: string): Taken {
  hand.take([deliveryOf(name)])
  return hand.next('test.call', 10)!
}

function deliveryOf(name: string): ClaimedDelivery {
  return { deliveryId: name, leaseToken: name, subscription: 'test.call' } as ClaimedDelivery
}

function keeperOf(hand: InHand, renew: LeaseKeeperOptions['deliveries']['renew'], told: string[] = []): LeaseKeeper {
  const giveBack = async () => void told.push('given back')
  const deliveries = { renew, reap: async () => 0, takeOrphans: async () => [], giveBack }
  return new LeaseKeeper({
    hand,
    pace: { forget: () => {} },
    deliveries: deliveries as unknown as LeaseKeeperOptions['deliveries'],
    registry: { subscriptions: new Map() } as unknown as LeaseKeeperOptions['registry'],
    pipeline: {} as LeaseKeeperOptions['pipeline'],
    observe: () => {},
    onGivenBack: () => told.push('nobody overtakes'),
    leaseMs: LEASE_MS,
  })
}
