-- Kinds of failure that killed deliveries, whether or not any of those is dead still. Filled by the leading node from
-- "changes", like the other rolled-up tables.
CREATE TABLE "failure_groups" (
    "fingerprint" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "first_version" TEXT,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "failure_groups_pkey" PRIMARY KEY ("fingerprint")
);

-- How many died of it, hour by hour.
CREATE TABLE "failure_counts" (
    "fingerprint" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "failure_counts_pkey" PRIMARY KEY ("fingerprint", "at")
);

-- What operators say about a kind of failure: whose it is, how it stands.
CREATE TABLE "failure_marks" (
    "fingerprint" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "owner" TEXT,
    "note" TEXT,
    "ignore_more" INTEGER,
    "count_then" INTEGER NOT NULL,
    "actor_id" UUID NOT NULL,
    "marked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "failure_marks_pkey" PRIMARY KEY ("fingerprint"),
    CONSTRAINT "failure_marks_state_known" CHECK ("state" IN ('new', 'acknowledged', 'resolved', 'ignored')),
    CONSTRAINT "failure_marks_ignored_until" CHECK (("state" = 'ignored') = ("ignore_more" IS NOT NULL))
);
