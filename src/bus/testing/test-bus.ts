import { type Bus, createBus } from '../bus.ts'
import { createCatalog } from '../catalog.ts'
import { type ContractCheck, checkContracts } from '../check-contracts.ts'
import type { EagerDispatch } from '../eager-dispatch.ts'
import { type Edit, type EditOutcome, editAndRetry, planEdited } from '../editing.ts'
import { Interruption } from '../interruption.ts'
import { Outages } from '../outage.ts'
import { unparkReadable } from '../parking.ts'
import { createPersonKeys } from '../person-keys.ts'
import { type AttemptEnd, createPipeline } from '../pipeline.ts'
import type { Storage } from '../ports.ts'
import { openEnvelope, protectPersonal } from '../protecting.ts'
import { createRegistry, type Module } from '../registry.ts'
import { createReplies } from '../replies.ts'
import { createSealer } from '../sealing.ts'

export interface TestBus {
  bus: Bus
  /** Handles what is due, and what that leads to, until nothing is due. Returns how the attempts ended. */
  drain(): Promise<AttemptEnd['end'][]>
  /** Claims what is due without handling it, as a node does that dies right afterwards. */
  claim(leaseMs: number): ReturnType<Storage['deliveries']['claim']>
  /** Handles one delivery that was claimed. */
  handle(delivery: Awaited<ReturnType<Storage['deliveries']['claim']>>[number]): Promise<AttemptEnd>
  /** Takes back what was leased to nodes that went silent, and buries what has no attempts left. */
  reap(): Promise<AttemptEnd['end'][]>
  /** Lets go of what is parked and can be read, as a node does when it starts. */
  unpark(): Promise<number>
  /** Handles deliveries of one batch handler together. */
  handleTogether(
    deliveries: readonly Awaited<ReturnType<Storage['deliveries']['claim']>>[number][],
  ): Promise<AttemptEnd[]>
  /** Puts an edited body in the place of one that could not be handled, as an operator does. */
  edit(deliveryId: string, json: string): Promise<EditOutcome>
  /** What this build could not read of all that waits. */
  checkContracts(): Promise<ContractCheck>
  stop(): void
}

const LEASE_MS = 60_000
/** What a test bus seals with. */
export const TEST_SECRET = 'a secret for tests only, 32 chars'

/** Leaves everything to claims. */
export const noEagerDispatch: EagerDispatch = {
  lease: (messages) => ({ messages, begin: () => {}, letGo: () => {} }),
}

/** A bus without a dispatcher: the test says when something is handled, and what time it is. */
export function createTestBus(
  stored: Storage,
  modules: readonly Module[],
  now = Date.now,
  eager = noEagerDispatch,
): TestBus {
  const registry = createRegistry(modules)
  const catalog = createCatalog(registry.definitions, createSealer(TEST_SECRET))
  const people = createPersonKeys({ store: stored.personKeys, sealer: catalog.sealer })
  const storage = protectPersonal(stored, { catalog, people })
  const clock = { now: () => new Date(now()) }
  const replies = createReplies(storage.replies, storage.wake)
  const outages = new Outages({ registry, store: storage.outages, observe: () => {} })
  const pipeline = createPipeline({
    outages,
    registry,
    catalog,
    clock,
    storage,
    replies,
    eager,
    interceptors: [],
    random: () => 0.5,
  })
  const editing = {
    ...storage,
    planEdited: async (edit: Edit) => {
      const { envelope: original } = await openEnvelope({ catalog, people }, edit.original)
      return planEdited({ registry, catalog, clock }, { ...edit, original })
    },
  }
  const claim = async (leaseMs: number) => {
    await outages.refresh()
    const capacities = [...registry.subscriptions.values()].map(({ subscription: { name, order } }) => ({
      subscription: name,
      free: outages.roomFor(name, 100),
      order,
    }))
    const claimed = await storage.deliveries.claim(
      capacities.filter((each) => each.free > 0),
      leaseMs,
    )
    for (const { subscription } of claimed) outages.claimed(subscription)
    return claimed
  }
  const handle: TestBus['handle'] = (delivery) => pipeline.run(delivery, new Interruption())
  return {
    bus: createBus({ registry, catalog, clock, storage, replies, eager }),
    claim,
    handle,
    handleTogether: (deliveries) =>
      pipeline.runBatch(deliveries.map((delivery) => ({ delivery, abort: new Interruption() }))),
    drain: async () => {
      const ends: AttemptEnd['end'][] = []
      for (let claimed = await claim(LEASE_MS); claimed.length > 0; claimed = await claim(LEASE_MS)) {
        const settled = await Promise.all(claimed.map(handle))
        ends.push(...settled.map((each) => each.end))
      }
      return ends
    },
    reap: async () => {
      await storage.deliveries.reap()
      const orphans = await storage.deliveries.takeOrphans([...registry.subscriptions.keys()], LEASE_MS)
      return (await Promise.all(orphans.map(pipeline.bury))).map((each) => each.end)
    },
    unpark: () => unparkReadable({ registry, catalog, storage }),
    edit: (deliveryId, json) => storage.unitOfWork.run((tx) => editAndRetry(editing, tx, { deliveryId, json })),
    checkContracts: () => checkContracts({ registry, catalog, people, deliveries: stored.deliveries }),
    stop: () => replies.stop(),
  }
}
