-- The inspector finds messages by type and by business key, the newest first, however many are stored.
CREATE INDEX "messages_by_name" ON "messages"("name", "occurred_at" DESC, "id" DESC);
CREATE INDEX "messages_by_key" ON "messages"("key", "occurred_at" DESC, "id" DESC) WHERE "key" IS NOT NULL;
