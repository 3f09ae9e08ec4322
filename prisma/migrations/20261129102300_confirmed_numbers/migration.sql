-- A number that was only given could be a stranger's: no warning goes there.
ALTER TABLE "recipients" ADD COLUMN "phone_confirmed_at" TIMESTAMPTZ(3);
UPDATE "recipients" AS r SET "phone_confirmed_at" = u."phone_confirmed_at" FROM "users" AS u WHERE u."id" = r."user_id";
