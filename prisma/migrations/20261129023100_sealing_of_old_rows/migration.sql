-- How far the leader has come with sealing what was stored in clear before there were keys of people. A new
-- installation has nothing to seal.
CREATE TABLE "sealing_progress" (
    "is_only_row" BOOLEAN NOT NULL DEFAULT true,
    "after_message" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "sealing_progress_pkey" PRIMARY KEY ("is_only_row"),
    CONSTRAINT "sealing_progress_one_row" CHECK ("is_only_row")
);
INSERT INTO "sealing_progress" ("done_at")
SELECT CASE WHEN EXISTS (SELECT FROM "messages") OR EXISTS (SELECT FROM "users") THEN NULL ELSE now() END;
