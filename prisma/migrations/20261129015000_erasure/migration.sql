-- An account that its person has deleted: nobody can log in with it, and its rows go after the legal hold.
ALTER TABLE "users" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);

-- How long the data of a deleted account is kept.
CREATE TABLE "privacy_settings" (
    "is_only_row" BOOLEAN NOT NULL DEFAULT true,
    "legal_hold_days" INTEGER NOT NULL DEFAULT 30,

    CONSTRAINT "privacy_settings_pkey" PRIMARY KEY ("is_only_row"),
    CONSTRAINT "privacy_settings_one_row" CHECK ("is_only_row"),
    CONSTRAINT "privacy_settings_hold" CHECK ("legal_hold_days" BETWEEN 0 AND 3650)
);
INSERT INTO "privacy_settings" DEFAULT VALUES;

-- What was erased where, without a word of what it was.
CREATE TABLE "erasure_receipts" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL,
    "places" JSONB NOT NULL,

    CONSTRAINT "erasure_receipts_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "erasure_receipts_one_of_person" ON "erasure_receipts"("person_id");
CREATE INDEX "erasure_receipts_newest_first" ON "erasure_receipts"("erased_at" DESC);
