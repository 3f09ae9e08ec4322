-- Since when it is not known whether too much of a saved view was sent: nothing is said of what nobody has counted.
ALTER TABLE "saved_views" ADD COLUMN "alert_unknown_since" TIMESTAMPTZ(3);
