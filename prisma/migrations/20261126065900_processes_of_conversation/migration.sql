-- The inspector names the processes that a conversation started. Written once, so that steps stay HOT.
-- CreateIndex
CREATE INDEX "processes_of_conversation" ON "processes"("conversation_id");
