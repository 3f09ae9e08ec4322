-- An alert of a saved view warns before it is urgent, and keeps how bad it was.
ALTER TABLE "saved_views"
    ADD COLUMN "alert_level" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "alert_peak" INTEGER NOT NULL DEFAULT 0;
UPDATE "saved_views" SET "alert_level" = 1, "alert_peak" = 1 WHERE "alert_since" IS NOT NULL;
