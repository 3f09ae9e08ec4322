import { newId } from '../envelope.ts'
import { InMemoryStorage } from './in-memory.ts'
import { describeOperationsContract } from './operations-contract.ts'

describeOperationsContract('memory', async () => {
  const storage = new InMemoryStorage()
  const { operations, deliveries, unitOfWork } = storage
  return {
    storage,
    operations,
    actorId: newId(),
    deliveries: async () => storage.rows,
    messages: async () => storage.messages,
    discard: (deliveryId) => unitOfWork.run((tx) => deliveries.discard(tx, deliveryId, 'not needed')),
    restore: (deliveryId) => unitOfWork.run((tx) => deliveries.restore(tx, deliveryId)),
    find: async (operationId) => operations.find(operationId) ?? null,
    hurry: async () => operations.hurry(),
    stop: async () => {},
  }
})
