import type { ClaimedDelivery } from '../../ports.ts'
import type { Harness, SeenDelivery } from '../contract.ts'
import { createTestBus, type TestBus } from '../test-bus.ts'
import { createShop, type Script } from './shop.ts'

/** An adapter whose time is moved by hand. */
export interface ClockedHarness extends Harness {
  now(): number
  /** `held`: what nodes have claimed, and hold by their own clocks. */
  advance(ms: number, held: readonly ClaimedDelivery[]): Promise<void>
}

/** The real bus, as the commands of a history see it. */
export interface World {
  harness: ClockedHarness
  script: Script
  test: TestBus
  /** What each of three nodes has claimed and not handled yet. */
  hands: ClaimedDelivery[][]
}

export function createWorld(harness: ClockedHarness): World {
  const script: Script = { act: 'succeeds', meanwhile: async () => {}, published: [] }
  const test = createTestBus(harness.storage, [createShop(harness, script)], harness.now)
  return { harness, script, test, hands: [[], [], []] }
}

export async function findDelivery({ harness }: World, messageId: string, subscription: string): Promise<SeenDelivery> {
  const found = (await harness.deliveries()).find(
    (each) => each.messageId === messageId && each.subscription === subscription,
  )
  if (!found) throw new Error(`The delivery of ${messageId} to ${subscription} is lost.`)
  return found
}
