import { InMemoryStorage } from './in-memory.ts'
import { describeProcessContract } from './process-contract.ts'

const daysBefore = (at: Date, days: number) => new Date(at.getTime() - days * 24 * 60 * 60_000)

describeProcessContract('memory', async () => {
  const storage = new InMemoryStorage()
  const { instances, revisions } = storage.processes
  return {
    storage,
    instances: async () => [...instances.values()],
    revisions: async (process, key) => revisions.filter((each) => each.process === process && each.key === key),
    messages: async () => storage.messages,
    deliveries: async () => storage.rows,
    age: async (days) => {
      for (const each of instances.values()) {
        each.startedAt = daysBefore(each.startedAt, days)
        if (each.finishedAt) each.finishedAt = daysBefore(each.finishedAt, days)
      }
    },
    stop: async () => {},
  }
})
