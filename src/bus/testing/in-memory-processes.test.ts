import { InMemoryStorage } from './in-memory.ts'
import { describeProcessContract } from './process-contract.ts'

describeProcessContract('memory', async () => {
  const storage = new InMemoryStorage()
  const { instances, revisions } = storage.processes
  return {
    storage,
    instances: async () => [...instances.values()],
    revisions: async (process, key) => revisions.filter((each) => each.process === process && each.key === key),
    messages: async () => storage.messages,
    deliveries: async () => storage.rows,
    stop: async () => {},
  }
})
