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
