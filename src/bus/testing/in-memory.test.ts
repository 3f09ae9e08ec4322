import { describeBatchContract } from './batch-contract.ts'
import { describeBusContract } from './contract.ts'
import { describeContractsContract } from './contracts-contract.ts'
import { describeFlowContract } from './flow-contract.ts'
import { InMemoryStorage } from './in-memory.ts'
import { describeJourneyContract } from './journey-contract.ts'
import { describeNodesContract } from './nodes-contract.ts'
import { describePrivacyContract } from './privacy-contract.ts'
import { describeRecoveryContract } from './recovery-contract.ts'

const createHarness = async () => {
  let ageMs = 0
  const storage = new InMemoryStorage(() => Date.now() + ageMs)
  return {
    storage,
    effect: async (tx: Parameters<typeof storage.effect>[0], label: string) => storage.effect(tx, label),
    effects: async () => storage.effects,
    loseCommit: async (tx: Parameters<typeof storage.effect>[0]) => storage.loseCommit(tx),
    deliveries: async () => storage.rows,
    attempts: async (deliveryId: string) => storage.attempts.filter((each) => each.deliveryId === deliveryId),
    messages: async () => storage.messages,
    age: async (days: number) => {
      ageMs += days * 24 * 60 * 60_000
    },
    rewindRecurring: async (name: string, lastDueAt: Date) => storage.recurring.rewind(name, lastDueAt),
    nodesAs: (node: string) => storage.nodes.of(node),
    stop: async () => {},
  }
}

describeBusContract('memory', createHarness)
describeContractsContract('memory', createHarness)
describeFlowContract('memory', createHarness)
describeBatchContract('memory', createHarness)
describeRecoveryContract('memory', createHarness)
describeJourneyContract('memory', createHarness)
describePrivacyContract('memory', createHarness)
describeNodesContract('memory', createHarness)
