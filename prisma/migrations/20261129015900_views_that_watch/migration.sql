-- A saved view has a sign and a key, and may say when too much of what it shows was sent.
ALTER TABLE "saved_views"
    ADD COLUMN "icon" TEXT NOT NULL DEFAULT 'bookmark',
    ADD COLUMN "shortcut" INTEGER,
    ADD COLUMN "alert_from" INTEGER,
    ADD COLUMN "alert_count" INTEGER,
    ADD COLUMN "alert_since" TIMESTAMPTZ(3),
    ADD COLUMN "alert_cleared_at" TIMESTAMPTZ(3);
