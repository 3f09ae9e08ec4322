-- Whether a reminder is of use is a fact about the person, not a reminder that was never sent.
ALTER TABLE "recipients" ADD COLUMN "email_confirmed_at" TIMESTAMPTZ(3);
UPDATE "recipients" AS r SET "email_confirmed_at" = u."email_confirmed_at" FROM "users" AS u WHERE u."id" = r."user_id";

-- What was noted at the confirmation, so that the rules would hold the reminder back, was told to nobody.
DELETE FROM "last_told" AS t USING "recipients" AS r
WHERE r."user_id" = t."user_id" AND t."kind" = 'confirmation-reminder' AND t."at" >= r."email_confirmed_at";
