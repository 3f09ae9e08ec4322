-- Whom communication writes to, and how they want it: its own copy, kept from the events of accounts.
CREATE TABLE "recipients" (
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "phone" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "channel" TEXT NOT NULL DEFAULT 'email',
    "quiet_from" TEXT,
    "quiet_until" TEXT,
    "email_suppressed_at" TIMESTAMPTZ(3),
    "email_answer" TEXT,
    "phone_suppressed_at" TIMESTAMPTZ(3),
    "phone_answer" TEXT,

    CONSTRAINT "recipients_pkey" PRIMARY KEY ("user_id"),
    CONSTRAINT "recipients_quiet_from_and_until" CHECK (("quiet_from" IS NULL) = ("quiet_until" IS NULL))
);

CREATE TABLE "consents" (
    "user_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "consents_pkey" PRIMARY KEY ("user_id", "purpose")
);
ALTER TABLE "consents" ADD CONSTRAINT "consents_recipient"
  FOREIGN KEY ("user_id") REFERENCES "recipients"("user_id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "last_told" (
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "last_told_pkey" PRIMARY KEY ("user_id", "kind")
);
ALTER TABLE "last_told" ADD CONSTRAINT "last_told_recipient"
  FOREIGN KEY ("user_id") REFERENCES "recipients"("user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever had an account before is written to as before.
INSERT INTO "recipients" ("user_id", "name", "email", "phone") SELECT "id", "name", "email", "phone" FROM "users";
