-- The key of each person, wrapped by one from APP_SECRET. To erase somebody is to destroy the key: the row stays, so that
-- no other key is ever made for them.
CREATE TABLE "person_keys" (
    "person_id" UUID NOT NULL,
    "wrapped_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_keys_pkey" PRIMARY KEY ("person_id"),
    CONSTRAINT "person_keys_held_or_erased" CHECK (("wrapped_key" IS NULL) = ("erased_at" IS NOT NULL))
);
