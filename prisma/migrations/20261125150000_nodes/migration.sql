-- Nodes, their leader, and history that ends.

-- A transaction begins long before it writes its last note: the age of a note is that of its writing.
ALTER TABLE "changes" ALTER COLUMN "at" SET DEFAULT clock_timestamp();

-- CreateTable
CREATE TABLE "nodes" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "in_flight" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL,
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "nodes_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "nodes" ADD CONSTRAINT "nodes_role_known" CHECK ("role" IN ('all', 'web', 'worker'));

-- Who does what must be done once among all nodes. A lease: whoever does not renew it loses it.
CREATE TABLE "leaders" (
    "job" TEXT NOT NULL,
    "node" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leaders_pkey" PRIMARY KEY ("job")
);

-- Whether a node went silent with it once: from then on an attempt is counted before its handler runs.
ALTER TABLE "deliveries" ADD COLUMN "lost_before" BOOLEAN NOT NULL DEFAULT false;

-- What this build cannot read waits for one that can. It is in no index that claims go by, and success never touches
-- the one that it is in.
ALTER TABLE "deliveries" ADD COLUMN "parked_reason" TEXT;
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_parked_while_waiting"
  CHECK ("parked_reason" IS NULL OR "state" = 'pending');
DROP INDEX "deliveries_claimable";
CREATE INDEX "deliveries_claimable" ON "deliveries" ("subscription", "due_at", "id")
  WHERE "state" IN ('pending', 'retrying') AND "ordering_key" IS NULL AND "parked_reason" IS NULL;
CREATE INDEX "deliveries_parked" ON "deliveries" ("id") WHERE "parked_reason" IS NOT NULL;
