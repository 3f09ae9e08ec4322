-- How whoever is logged in came in. Of sessions from before nobody knows: they count as by the weaker way.
ALTER TABLE "sessions" ADD COLUMN "opened_by" TEXT NOT NULL DEFAULT 'password';

-- What operators set about accounts.
CREATE TABLE "account_settings" (
    "is_only_row" BOOLEAN NOT NULL DEFAULT true,
    "is_passkey_demanded" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "account_settings_pkey" PRIMARY KEY ("is_only_row"),
    CONSTRAINT "account_settings_one_row" CHECK ("is_only_row")
);
INSERT INTO "account_settings" DEFAULT VALUES;
