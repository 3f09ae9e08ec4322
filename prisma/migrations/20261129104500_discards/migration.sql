-- Who discarded what died, and when: what is discarded is listed, and can be restored while its message is kept.
CREATE TABLE "discards" (
    "delivery_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "operation_id" UUID,
    "replaced_by" UUID,

    CONSTRAINT "discards_pkey" PRIMARY KEY ("delivery_id")
);
CREATE INDEX "discards_newest_first" ON "discards" ("at" DESC, "delivery_id" DESC);

-- Of what was discarded one by one nobody kept by whom, but the audit.
INSERT INTO "discards" ("delivery_id", "at", "actor_id", "operation_id")
SELECT DISTINCT ON (d."id") d."id", coalesce(d."settled_at", now()), o."actor_id", o."id"
FROM "deliveries" AS d
LEFT JOIN ("operation_items" AS i JOIN "operations" AS o ON o."id" = i."operation_id")
  ON i."delivery_id" = d."id" AND i."state" = 'discarded'
WHERE d."state" = 'discarded' AND d."fingerprint" IS NOT NULL
ORDER BY d."id", o."started_at" DESC;
