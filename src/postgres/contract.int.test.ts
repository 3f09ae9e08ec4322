import {
  type AgeingHarness,
  describeBatchContract,
  describeBusContract,
  describeContractsContract,
  describeFlowContract,
  describeJourneyContract,
  describeNodesContract,
  describePrivacyContract,
  describeRecoveryContract,
  type FlowHarness,
  type LosingHarness,
  type NodesHarness,
  type SeenDelivery,
} from '../bus/testing/index.ts'
import { createTestDatabase } from '../server/database/testing.ts'
import { openTestStorage } from '../server/testing/test-storage.ts'
import { createNodes } from './nodes.ts'

/** Whatever is put into `lost` has its transaction fail, and not before its commit. */
const LOSE_COMMITS = `
  CREATE TABLE lost (id int);
  CREATE FUNCTION lose_commit() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE 'could not serialize access' USING ERRCODE = '40001'; END $$;
  CREATE CONSTRAINT TRIGGER lose_commit AFTER INSERT ON lost DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION lose_commit()`

const createHarness = async (): Promise<AgeingHarness & FlowHarness & LosingHarness & NodesHarness> => {
  const database = await createTestDatabase()
  const storage = openTestStorage(database.url, { poolSize: 8 })
  const { pool } = storage
  await pool.query('CREATE TABLE effects (id int GENERATED ALWAYS AS IDENTITY, label text NOT NULL)')
  await pool.query(LOSE_COMMITS)
  const rows = async <Row extends object>(text: string, values: unknown[] = []) =>
    (await pool.query<Row>(text, values)).rows
  return {
    storage,
    effect: async (tx, label) => void (await tx.query('INSERT INTO effects (label) VALUES ($1)', [label])),
    effects: async () =>
      (await rows<{ label: string }>('SELECT label FROM effects ORDER BY id')).map((each) => each.label),
    loseCommit: async (tx) => void (await tx.query('INSERT INTO lost VALUES (1)')),
    deliveries: () =>
      rows<SeenDelivery>(
        `SELECT id AS "deliveryId", message_id AS "messageId", subscription, state, attempt, reason,
                parked_reason AS "parkedReason"
         FROM deliveries ORDER BY message_id, position`,
      ),
    attempts: (deliveryId) =>
      rows('SELECT number, outcome, error FROM attempts WHERE delivery_id = $1 ORDER BY number', [deliveryId]),
    messages: () =>
      rows(
        `SELECT id AS "messageId", name, body, conversation_id AS "conversationId", causation_id AS "causationId"
         FROM messages ORDER BY id`,
      ),
    age: async (days) => {
      await rows(`UPDATE messages SET occurred_at = occurred_at - make_interval(days => $1)`, [days])
      await rows(`UPDATE deliveries SET settled_at = settled_at - make_interval(days => $1)`, [days])
    },
    rewindRecurring: async (name, lastDueAt) => {
      await rows('UPDATE recurring_messages SET last_due_at = $2 WHERE name = $1', [name, lastDueAt])
    },
    nodesAs: (node) => createNodes(pool, node),
    stop: async () => {
      await storage.stop()
      await database.drop()
    },
  }
}

describeBusContract('PostgreSQL', createHarness)
describeContractsContract('PostgreSQL', createHarness)
describeFlowContract('PostgreSQL', createHarness)
describeBatchContract('PostgreSQL', createHarness)
describeRecoveryContract('PostgreSQL', createHarness)
describeJourneyContract('PostgreSQL', createHarness)
describePrivacyContract('PostgreSQL', createHarness)
describeNodesContract('PostgreSQL', createHarness)
