-- How often something was tried; see src/web/limits.ts. The library reads the columns by their position.
-- Unlogged: a count is no fact that must survive a crash of the database, and nobody waits for a disk because of it.
CREATE UNLOGGED TABLE "try_counts" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "try_counts_pkey" PRIMARY KEY ("key")
);
