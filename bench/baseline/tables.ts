/**
 * The baseline's tables: columns as heavy as the app's own, with nothing but the keys and one index that finds what
 * is to be done. `bench_effects` is what a handler with an effect writes to, on either side.
 */
export const BENCH_TABLES = `
  CREATE TABLE bench_messages (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    name text NOT NULL,
    version int NOT NULL,
    body jsonb NOT NULL,
    conversation_id uuid NOT NULL,
    causation_id uuid,
    causation_delivery_id uuid,
    subject_id uuid,
    idempotency_key text,
    occurred_at timestamptz(3) NOT NULL
  );
  CREATE TABLE bench_deliveries (
    id uuid PRIMARY KEY,
    message_id uuid NOT NULL,
    subscription text NOT NULL,
    state text NOT NULL,
    attempt int NOT NULL DEFAULT 0,
    max_attempts int NOT NULL,
    due_at timestamptz(3) NOT NULL,
    lease_until timestamptz(3),
    node text,
    started_at timestamptz(3),
    settled_at timestamptz(3),
    UNIQUE (message_id, subscription)
  );
  CREATE INDEX bench_deliveries_claimable ON bench_deliveries (due_at, id) WHERE state = 'pending';
  CREATE TABLE bench_effects (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
  );
`
