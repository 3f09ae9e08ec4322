import { newId } from '../../bus/index.ts'
import { describeOperationsContract } from '../../bus/testing/index.ts'
import { createTestDatabase } from '../../server/database/testing.ts'
import { openTestStorage } from '../../server/testing/test-storage.ts'
import { forgetDiscard, noteDiscard } from '../discards.ts'
import { storedOperations } from './store.ts'

const ITEMS = `
  SELECT delivery_id AS "deliveryId", state FROM operation_items WHERE operation_id = $1 ORDER BY position`

describeOperationsContract('PostgreSQL', async () => {
  const database = await createTestDatabase()
  const storage = openTestStorage(database.url, { poolSize: 8, maxAttemptsOf: () => 1 })
  const rows = async <Row extends object>(text: string, values: unknown[] = []) =>
    (await storage.pool.query<Row>(text, values)).rows
  const actorId = newId()
  await rows(
    `INSERT INTO users (id, email, email_key, name, password_hash, sign_up_conversation_id)
     VALUES ($1, $2, $2, 'Ada', '-', $1)`,
    [actorId, 'ada@example.com'],
  )
  return {
    storage,
    operations: storedOperations,
    actorId,
    deliveries: () =>
      rows(`SELECT id AS "deliveryId", message_id AS "messageId", state, fingerprint FROM deliveries ORDER BY id`),
    messages: () => rows(`SELECT id AS "messageId", body FROM messages ORDER BY id`),
    discard: (deliveryId) =>
      storage.unitOfWork.run(async (tx) => {
        await storage.deliveries.discard(tx, deliveryId, 'not needed')
        await noteDiscard(tx, { deliveryId, actorId })
      }),
    restore: (deliveryId) =>
      storage.unitOfWork.run(async (tx) => {
        await storage.deliveries.restore(tx, deliveryId)
        await forgetDiscard(tx, deliveryId)
      }),
    find: async (operationId) => {
      const [operation] = await rows<{ state: string; note: string | null }>(
        'SELECT state, note FROM operations WHERE id = $1',
        [operationId],
      )
      return operation ? { ...operation, items: await rows(ITEMS, [operationId]) } : null
    },
    hurry: async () =>
      void (await rows(`UPDATE operations SET next_step_at = now() - interval '1 s' WHERE next_step_at IS NOT NULL`)),
    stop: async () => {
      await storage.stop()
      await database.drop()
    },
  }
})
