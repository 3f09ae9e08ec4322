-- Recovery: what died is grouped by its kind of failure.

ALTER TABLE "deliveries" ADD COLUMN "fingerprint" TEXT;
-- Nobody kept where these came from: they are grouped by handler and text.
UPDATE "deliveries" SET "fingerprint" = substr(md5("subscription" || ' ' || coalesce("last_error", '')), 1, 16)
  WHERE "state" IN ('dead', 'discarded');
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_dead_are_grouped" CHECK ("state" <> 'dead' OR "fingerprint" IS NOT NULL);

-- Groups, and the newest of each. In no index while a delivery is on its way.
CREATE INDEX "deliveries_dead_groups" ON "deliveries" ("fingerprint", "settled_at", "id") WHERE "state" = 'dead';

-- Operations: what an operator does to many dead deliveries, step by step, over restarts.
CREATE TABLE "operations" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "selection" JSONB NOT NULL,
    "reason" TEXT,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "total" INTEGER NOT NULL,
    "one_first" BOOLEAN NOT NULL,
    "per_second" INTEGER NOT NULL,
    "stop_share" DOUBLE PRECISION,
    "actor_id" UUID NOT NULL,
    "note" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "next_step_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operations_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "operations_kind_known" CHECK ("kind" IN ('retry', 'discard', 'restore')),
    CONSTRAINT "operations_state_known" CHECK ("state" IN ('running', 'paused', 'completed', 'aborted', 'stopped')),
    CONSTRAINT "operations_finished_in_final_states"
      CHECK (("state" IN ('completed', 'aborted', 'stopped')) = ("finished_at" IS NOT NULL)),
    CONSTRAINT "operations_pace" CHECK ("per_second" BETWEEN 1 AND 1000 AND "stop_share" > 0 AND "stop_share" <= 1)
);
CREATE INDEX "operations_newest_first" ON "operations" ("started_at" DESC, "id" DESC);
CREATE INDEX "operations_due" ON "operations" ("next_step_at") WHERE "next_step_at" IS NOT NULL;

CREATE TABLE "operation_items" (
    "operation_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "delivery_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "note" TEXT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operation_items_pkey" PRIMARY KEY ("operation_id", "position"),
    CONSTRAINT "operation_items_operation" FOREIGN KEY ("operation_id") REFERENCES "operations"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "operation_items_state_known" CHECK ("state" IN ('waiting', 'retried', 'succeeded', 'failed-again', 'discarded', 'restored', 'skipped'))
);
CREATE INDEX "operation_items_by_state" ON "operation_items" ("operation_id", "state", "position");

-- What an operator edited and sent again points to the message it took the place of.
ALTER TABLE "messages" ADD COLUMN "retried_from" UUID;

-- Handlers that fail without end: a row for as long as that lasts, the same for all nodes.
CREATE TABLE "handler_states" (
    "subscription" TEXT NOT NULL,
    "outage_since" TIMESTAMPTZ(3) NOT NULL,
    "next_probe_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "handler_states_pkey" PRIMARY KEY ("subscription")
);
