-- The hot path: narrow rows, one index less per table, one note per statement instead of a trigger per row.

-- A first success is told by its delivery: only attempts that went wrong are rows of their own. What people query
-- stays the relation "attempts", which shows both.
ALTER TABLE "attempts" RENAME TO "failed_attempts";
ALTER TABLE "failed_attempts" RENAME CONSTRAINT "attempts_pkey" TO "failed_attempts_pkey";
ALTER TABLE "failed_attempts" RENAME CONSTRAINT "attempts_delivery" TO "failed_attempts_delivery";
ALTER TABLE "failed_attempts" RENAME CONSTRAINT "attempts_end_after_start" TO "failed_attempts_end_after_start";
DELETE FROM "failed_attempts" WHERE "outcome" = 'succeeded';
ALTER TABLE "failed_attempts" DROP CONSTRAINT "attempts_outcome_known";
ALTER TABLE "failed_attempts" ADD CONSTRAINT "failed_attempts_outcome_known" CHECK ("outcome" IN ('failed', 'lease-lost'));
ALTER TABLE "failed_attempts" ALTER COLUMN "error" SET NOT NULL;
CREATE VIEW "attempts" AS
  SELECT "delivery_id", "number", "outcome", "started_at", "finished_at", "node", "error", "next_due_at"
  FROM "failed_attempts"
  UNION ALL
  SELECT "id", "attempt", 'succeeded', "started_at", "settled_at", "node", NULL, NULL
  FROM "deliveries" WHERE "state" = 'succeeded';

-- What changed, one row a statement, in place of a trigger for each row and an index over every change there ever
-- was. The feed reads it by transaction; rows older than some minutes are thrown away.
CREATE TABLE "changes" (
    "tx" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "message_ids" UUID[] NOT NULL DEFAULT '{}',
    "delivery_ids" UUID[] NOT NULL DEFAULT '{}'
);
CREATE INDEX "changes_since" ON "changes"("tx");

-- The oldest transaction whose changes are still all there: who was away for longer starts afresh.
CREATE TABLE "changes_floor" (
    "is_only_row" BOOLEAN NOT NULL DEFAULT true,
    "tx" BIGINT NOT NULL,

    CONSTRAINT "changes_floor_pkey" PRIMARY KEY ("is_only_row"),
    CONSTRAINT "changes_floor_one_row" CHECK ("is_only_row")
);
INSERT INTO "changes_floor" ("tx") VALUES ((pg_current_xact_id())::text::bigint);

DROP TRIGGER "deliveries_number_changes" ON "deliveries";
DROP FUNCTION "number_delivery_change"();
ALTER TABLE "messages" DROP COLUMN "changed_tx";
ALTER TABLE "deliveries" DROP COLUMN "changed_tx";

CREATE FUNCTION "note_new_messages"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO changes (message_ids) SELECT array_agg(id) FROM written HAVING count(*) > 0;
  RETURN NULL;
END
$$;
-- A delivery is written with its message and needs no note of its own; one that is added later does.
CREATE FUNCTION "note_changed_deliveries"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO changes (delivery_ids) SELECT array_agg(id) FROM written HAVING count(*) > 0;
  RETURN NULL;
END
$$;
CREATE TRIGGER "messages_note_new" AFTER INSERT ON "messages"
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION "note_new_messages"();
CREATE TRIGGER "deliveries_note_changes" AFTER UPDATE ON "deliveries"
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION "note_changed_deliveries"();

-- The statement that writes a message writes its deliveries, and history is removed message by message: the
-- foreign key's check (a lock on the message for each delivery) bought nothing but time.
ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_message";
DROP INDEX "messages_caused_by";
DROP INDEX "messages_about_person";
CREATE INDEX "messages_about_person" ON "messages" ("subject_id", "conversation_id") WHERE "subject_id" IS NOT NULL;

-- Idempotency keys hold for a window, then the same key is a new message.
CREATE TABLE "idempotency_keys" (
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "message_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("name", "key")
);
CREATE INDEX "idempotency_keys_expiring" ON "idempotency_keys"("expires_at");
INSERT INTO "idempotency_keys"
  SELECT "name", "idempotency_key", "id", "conversation_id", "occurred_at" + interval '1 day'
  FROM "messages" WHERE "idempotency_key" IS NOT NULL;
DROP INDEX "messages_once_per_idempotency_key";

-- Order by key, and time to live.
CREATE SEQUENCE "delivery_order" AS BIGINT;
ALTER TABLE "messages" ADD COLUMN "key" TEXT, ADD COLUMN "expires_at" TIMESTAMPTZ(3);
ALTER TABLE "deliveries" ADD COLUMN "ordering_key" TEXT, ADD COLUMN "order_number" BIGINT,
  ADD COLUMN "expires_at" TIMESTAMPTZ(3);
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_numbered_in_order"
  CHECK (("ordering_key" IS NULL) = ("order_number" IS NULL));

-- The claim reads each subscription's due deliveries, oldest first; what is kept in order is claimed by the head of
-- its key, from an index of its own.
DROP INDEX "deliveries_claimable";
CREATE INDEX "deliveries_claimable" ON "deliveries" ("subscription", "due_at", "id")
  WHERE "state" IN ('pending', 'retrying') AND "ordering_key" IS NULL;
CREATE INDEX "deliveries_in_order" ON "deliveries" ("subscription", "ordering_key", "order_number")
  WHERE "ordering_key" IS NOT NULL AND "state" IN ('pending', 'running', 'retrying', 'dead');
