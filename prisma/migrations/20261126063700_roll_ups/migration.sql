-- Rolled-up history: what the overview, the charts and the percentiles read, whatever the size of the history itself.
-- The leading node fills it from "changes"; nothing here is touched while messages are sent or handled.

-- Up to where "changes" was read. It moves on in the transaction that counts what was read: nothing is counted twice.
CREATE TABLE "roll_up_cursor" (
    "is_only_row" BOOLEAN NOT NULL DEFAULT true,
    "cursor" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "roll_up_cursor_pkey" PRIMARY KEY ("is_only_row"),
    CONSTRAINT "roll_up_cursor_one_row" CHECK ("is_only_row")
);
INSERT INTO "roll_up_cursor" ("cursor", "read_at") VALUES (pg_current_snapshot()::text, now());

-- Times of which not everything was counted, because the changes were thrown away before anybody read them.
CREATE TABLE "roll_up_gaps" (
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "roll_up_gaps_pkey" PRIMARY KEY ("from_at")
);

-- Ends of attempts, and how long they took: "bucket" is a step of src/inspector/model/histogram.ts, -1 where nothing ran.
CREATE TABLE "attempt_counts" (
    "span_s" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "subscription" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "bucket" SMALLINT NOT NULL,
    "count" INTEGER NOT NULL,
    "longest_ms" DOUBLE PRECISION NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attempt_counts_pkey" PRIMARY KEY ("span_s", "at", "subscription", "message", "outcome", "bucket")
);
ALTER TABLE "attempt_counts" ADD CONSTRAINT "attempt_counts_outcome_known"
  CHECK ("outcome" IN ('succeeded', 'failed', 'given-up', 'skipped'));

-- Messages sent, by whose handler: "sender" is a subscription, or empty for what came from outside.
CREATE TABLE "message_counts" (
    "span_s" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "sender" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "message_counts_pkey" PRIMARY KEY ("span_s", "at", "name", "version", "sender")
);

-- How many failed attempts of a delivery are counted, while more of them may come.
CREATE TABLE "counted_failures" (
    "delivery_id" UUID NOT NULL,
    "attempts" INTEGER NOT NULL,

    CONSTRAINT "counted_failures_pkey" PRIMARY KEY ("delivery_id")
);

-- What no history tells: how much waited at a minute.
CREATE TABLE "queue_samples" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "waiting" INTEGER NOT NULL,
    "oldest_ms" DOUBLE PRECISION NOT NULL,
    "retrying" INTEGER NOT NULL,
    "dead" INTEGER NOT NULL,

    CONSTRAINT "queue_samples_pkey" PRIMARY KEY ("at")
);

-- Messages by the key they were sent with, and errors by their text without its numbers: for searches.
CREATE TABLE "message_keys" (
    "key" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "message_id" UUID NOT NULL,

    CONSTRAINT "message_keys_pkey" PRIMARY KEY ("key", "occurred_at", "message_id")
);
CREATE INDEX "message_keys_of_message" ON "message_keys"("message_id");

CREATE TABLE "error_texts" (
    "subscription" TEXT NOT NULL,
    "shape" TEXT NOT NULL,
    "sample" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "delivery_id" UUID NOT NULL,

    CONSTRAINT "error_texts_pkey" PRIMARY KEY ("subscription", "shape")
);
CREATE INDEX "error_texts_newest_first" ON "error_texts"("last_at" DESC);
