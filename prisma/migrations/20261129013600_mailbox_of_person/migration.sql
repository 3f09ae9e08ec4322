-- Whom mail in the built-in mailbox is about: it is sealed with that person's key, and goes with them.
ALTER TABLE "mailbox_messages" ADD COLUMN "person_id" UUID;
CREATE INDEX "mailbox_of_person" ON "mailbox_messages"("person_id");
