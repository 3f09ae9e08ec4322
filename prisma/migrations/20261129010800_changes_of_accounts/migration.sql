-- What people change about themselves, and what waits for their confirmation. Of tokens and codes only hashes are here.
ALTER TABLE "users"
  ADD COLUMN "phone_confirmed_at" TIMESTAMPTZ(3),
  ADD COLUMN "password_changed_at" TIMESTAMPTZ(3);

CREATE TABLE "password_resets" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "password_resets_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "password_resets_by_token" ON "password_resets"("token_hash");
CREATE INDEX "password_resets_of_user" ON "password_resets"("user_id");
ALTER TABLE "password_resets" ADD CONSTRAINT "password_resets_user"
  FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One for each person: asking for another address forgets the one that was asked for before.
CREATE TABLE "email_changes" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "email_changes_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "email_changes_one_of_user" ON "email_changes"("user_id");
CREATE UNIQUE INDEX "email_changes_by_token" ON "email_changes"("token_hash");
ALTER TABLE "email_changes" ADD CONSTRAINT "email_changes_user"
  FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "phone_changes" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "phone" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "tries_left" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "phone_changes_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "phone_changes_tries" CHECK ("tries_left" >= 0)
);
CREATE UNIQUE INDEX "phone_changes_one_of_user" ON "phone_changes"("user_id");
ALTER TABLE "phone_changes" ADD CONSTRAINT "phone_changes_user"
  FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Those that are open. The id is kept free for the person: there is no user of it yet.
CREATE TABLE "invitations" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "invited_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "invitations_role" CHECK ("role" IN ('operator', 'viewer', 'member'))
);
CREATE UNIQUE INDEX "invitations_one_per_email" ON "invitations"("email_key");
CREATE UNIQUE INDEX "invitations_by_token" ON "invitations"("token_hash");
