/** The test door of the bus: for tests only. */
export { describeBusContract, type Harness, type SeenDelivery } from './contract.ts'
export { InMemoryStorage } from './in-memory.ts'
export { createTestBus, type TestBus } from './test-bus.ts'
