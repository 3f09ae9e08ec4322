-- How fast and whether handlers run, as operators set it while the nodes run. A handler without a row runs as declared.
CREATE TABLE "handler_settings" (
    "subscription" TEXT NOT NULL,
    "is_paused" BOOLEAN NOT NULL DEFAULT false,
    "concurrency" INTEGER,
    "rate_count" INTEGER,
    "rate_per_ms" INTEGER,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_by" UUID,

    CONSTRAINT "handler_settings_pkey" PRIMARY KEY ("subscription")
);
ALTER TABLE "handler_settings" ADD CONSTRAINT "handler_settings_make_sense" CHECK (
  ("concurrency" IS NULL OR "concurrency" >= 1)
  AND ("rate_count" IS NULL) = ("rate_per_ms" IS NULL)
  AND ("rate_count" IS NULL OR ("rate_count" >= 1 AND "rate_per_ms" >= 1)));

-- The buckets of handlers with a rate limit. A bucket is one time: all tokens up to it are spent, and it is full when
-- that time is a whole period ago. Rewritten all the time, so there is room on the page for the next version.
CREATE TABLE "rate_limits" (
    "subscription" TEXT NOT NULL,
    "spent_until" TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity',

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("subscription")
) WITH (fillfactor = 50);

-- Up to when each recurring message was sent. Whoever moves a row on sends the message, in the same transaction: one
-- for each due time, however many nodes look.
CREATE TABLE "recurring_messages" (
    "name" TEXT NOT NULL,
    "last_due_at" TIMESTAMPTZ(3) NOT NULL,
    "last_message_id" UUID,

    CONSTRAINT "recurring_messages_pkey" PRIMARY KEY ("name")
);
