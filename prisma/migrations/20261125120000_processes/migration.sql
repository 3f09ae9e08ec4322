-- CreateTable
CREATE TABLE "processes" (
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "definition_version" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "state" JSONB NOT NULL,
    "context" JSONB NOT NULL,
    "timers" JSONB NOT NULL,
    "waiting_for" JSONB NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "conversation_id" UUID NOT NULL,
    "subject_id" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "processes_pkey" PRIMARY KEY ("name","key")
);

-- CreateTable
CREATE TABLE "process_revisions" (
    "process_name" TEXT NOT NULL,
    "process_key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "message_id" UUID NOT NULL,
    "message_name" TEXT NOT NULL,
    "state_before" JSONB,
    "state_after" JSONB NOT NULL,
    "context_before" JSONB,
    "context_after" JSONB NOT NULL,
    "messages_out" JSONB NOT NULL,

    CONSTRAINT "process_revisions_pkey" PRIMARY KEY ("process_name","process_key","version")
);

-- CreateIndex
CREATE INDEX "processes_newest_first" ON "processes"("started_at" DESC, "name" DESC, "key" DESC);

-- CreateIndex
CREATE INDEX "processes_by_status" ON "processes"("status", "started_at" DESC, "name" DESC, "key" DESC);

-- CreateIndex
CREATE INDEX "processes_about_person" ON "processes"("subject_id");

-- AddForeignKey
ALTER TABLE "process_revisions" ADD CONSTRAINT "process_revisions_process" FOREIGN KEY ("process_name", "process_key") REFERENCES "processes"("name", "key") ON DELETE CASCADE ON UPDATE CASCADE;



-- What Prisma's schema language cannot say.

-- What must be true of an instance in each status, as src/bus/process-step.ts leaves it.
ALTER TABLE "processes" ADD CONSTRAINT "processes_status_known" CHECK ("status" IN ('running', 'completed', 'failed'));
ALTER TABLE "processes" ADD CONSTRAINT "processes_finished_when_not_running"
  CHECK (("status" = 'running') = ("finished_at" IS NULL));
ALTER TABLE "processes" ADD CONSTRAINT "processes_wait_while_running"
  CHECK ("status" = 'running' OR ("due_at" IS NULL AND "timers" = '[]' AND "waiting_for" = '[]'));
ALTER TABLE "processes" ADD CONSTRAINT "processes_version_counts_up" CHECK ("version" >= 1);
ALTER TABLE "process_revisions" ADD CONSTRAINT "process_revisions_before_unless_first"
  CHECK (("version" = 1) = ("state_before" IS NULL) AND ("state_before" IS NULL) = ("context_before" IS NULL));

-- Steps rewrite the row: with room on its page, and no index on what they change before the end, they stay HOT.
ALTER TABLE "processes" SET (fillfactor = 80);
