-- They are sealed: whoever leaves one out would have stored it in clear.
ALTER TABLE "recipients" ALTER COLUMN "locale" DROP DEFAULT,
ALTER COLUMN "time_zone" DROP DEFAULT,
ALTER COLUMN "channel" DROP DEFAULT;
