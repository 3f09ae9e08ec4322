-- Mail of the built-in mailbox from before it was noted whom it is about: its own id is that of a message.
UPDATE "mailbox_messages" AS x SET "person_id" = m."subject_id"
FROM "messages" AS m
WHERE x."person_id" IS NULL
  AND m."id" = substring(x."external_id" FROM '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}')::uuid;

-- What processes remember of people is sealed from now on; the leader looks for what is not.
UPDATE "sealing_progress" SET "done_at" = NULL
WHERE EXISTS (SELECT FROM "processes" WHERE "subject_id" IS NOT NULL AND "context" <> '{}');
