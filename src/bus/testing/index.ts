/** The test door of the bus: for tests only. */
export { describeBusContract, type Harness, type SeenDelivery } from './contract.ts'
export { type AgeingHarness, describeContractsContract } from './contracts-contract.ts'
export { describeFlowContract, type FlowHarness } from './flow-contract.ts'
export { InMemoryStorage } from './in-memory.ts'
export { defineOrders, orderMessages } from './orders.ts'
export { describeProcessContract, type ProcessHarness } from './process-contract.ts'
export { type Story, tellStory } from './process-story.ts'
export { createTestBus, type TestBus } from './test-bus.ts'
