-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "messages" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "conversation_id" UUID NOT NULL,
    "causation_id" UUID,
    "causation_delivery_id" UUID,
    "subject_id" UUID,
    "idempotency_key" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_tx" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "subscription" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "max_attempts" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "node" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "reason" TEXT,
    "reply" JSONB,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "changed_tx" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempts" (
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL,
    "node" TEXT NOT NULL,
    "error" JSONB,
    "next_due_at" TIMESTAMPTZ(3),

    CONSTRAINT "attempts_pkey" PRIMARY KEY ("delivery_id","number")
);

-- CreateTable
CREATE TABLE "faults" (
    "subscription" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "remaining" INTEGER,
    "delay_ms" INTEGER,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "faults_pkey" PRIMARY KEY ("subscription")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "phone" TEXT,
    "password_hash" TEXT NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'member',
    "sign_up_conversation_id" UUID NOT NULL,
    "email_confirmed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "user_agent" TEXT,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "email_confirmations" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "email_key" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "email_confirmations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "subject_id" UUID,
    "message_id" UUID,
    "conversation_id" UUID,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_up_counts" (
    "day" DATE NOT NULL,
    "sign_ups" INTEGER NOT NULL DEFAULT 0,
    "confirmed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "sign_up_counts_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "mailbox_messages" (
    "id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sender" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT,
    "text" TEXT NOT NULL,
    "html" TEXT,
    "external_id" TEXT,

    CONSTRAINT "mailbox_messages_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "messages_of_conversation" ON "messages"("conversation_id", "occurred_at", "id");

-- CreateIndex
CREATE INDEX "messages_caused_by" ON "messages"("causation_id");

-- CreateIndex
CREATE INDEX "messages_newest_first" ON "messages"("occurred_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "messages_about_person" ON "messages"("subject_id", "conversation_id");

-- CreateIndex
CREATE INDEX "messages_changed_since" ON "messages"("changed_tx");

-- CreateIndex
CREATE INDEX "deliveries_changed_since" ON "deliveries"("changed_tx");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_once_per_subscription" ON "deliveries"("message_id", "subscription");

-- CreateIndex
CREATE UNIQUE INDEX "users_one_per_email" ON "users"("email_key");

-- CreateIndex
CREATE INDEX "sessions_of_user" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "sessions_expiring" ON "sessions"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_by_token" ON "sessions"("token_hash");

-- CreateIndex
CREATE INDEX "email_confirmations_of_user" ON "email_confirmations"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "email_confirmations_by_token" ON "email_confirmations"("token_hash");

-- CreateIndex
CREATE INDEX "audit_entries_newest_first" ON "audit_entries"("at" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_about" ON "audit_entries"("subject_id", "at" DESC);

-- CreateIndex
CREATE INDEX "mailbox_newest_first" ON "mailbox_messages"("received_at" DESC);

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_message" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_delivery" FOREIGN KEY ("delivery_id") REFERENCES "deliveries"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email_confirmations" ADD CONSTRAINT "email_confirmations_user" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What Prisma's schema language cannot say.

-- The states of src/bus/delivery.ts, and what must be true of a row in each.
ALTER TABLE "messages" ADD CONSTRAINT "messages_kind_known" CHECK ("kind" IN ('command', 'event'));
ALTER TABLE "messages" ADD CONSTRAINT "messages_cause_complete" CHECK (("causation_id" IS NULL) = ("causation_delivery_id" IS NULL));
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_state_known"
  CHECK ("state" IN ('pending', 'running', 'retrying', 'succeeded', 'dead', 'discarded', 'skipped'));
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_leased_while_running"
  CHECK (("state" = 'running') = ("lease_token" IS NOT NULL) AND ("lease_token" IS NULL) = ("lease_until" IS NULL));
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_settled_in_final_states"
  CHECK (("state" IN ('succeeded', 'dead', 'discarded', 'skipped')) = ("settled_at" IS NOT NULL));
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_attempt_counts_up" CHECK ("attempt" >= 0 AND "max_attempts" >= 1);
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_reason_where_owed"
  CHECK ("state" NOT IN ('skipped', 'discarded') OR "reason" IS NOT NULL);
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_outcome_known" CHECK ("outcome" IN ('succeeded', 'failed', 'lease-lost'));
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_end_after_start" CHECK ("finished_at" >= "started_at");
ALTER TABLE "faults" ADD CONSTRAINT "faults_mode_complete" CHECK (
  ("mode" = 'fail-times' AND "remaining" >= 0 AND "delay_ms" IS NULL)
  OR ("mode" = 'always' AND "remaining" IS NULL AND "delay_ms" IS NULL)
  OR ("mode" = 'slow' AND "delay_ms" > 0 AND "remaining" IS NULL));
ALTER TABLE "users" ADD CONSTRAINT "users_role_known" CHECK ("role" IN ('operator', 'viewer', 'member'));
ALTER TABLE "mailbox_messages" ADD CONSTRAINT "mailbox_channel_known" CHECK ("channel" IN ('email', 'sms'));

-- One message per idempotency key and type.
CREATE UNIQUE INDEX "messages_once_per_idempotency_key" ON "messages" ("name", "idempotency_key") WHERE "idempotency_key" IS NOT NULL;

-- The claim reads each subscription's due deliveries, oldest first; settled history is not in the index.
CREATE INDEX "deliveries_claimable" ON "deliveries" ("subscription", "due_at", "id") WHERE "state" IN ('pending', 'retrying');
-- The reaper looks for leases that ran out.
CREATE INDEX "deliveries_leased" ON "deliveries" ("lease_until") WHERE "state" = 'running';
-- An operator looks for what needs a decision.
CREATE INDEX "deliveries_dead" ON "deliveries" ("settled_at") WHERE "state" = 'dead';

-- Every change of a delivery is numbered here and nowhere else, so that no statement can forget it:
-- the feed reads what changed since a transaction, and a client drops a revision it has already seen.
CREATE FUNCTION "number_delivery_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.revision := OLD.revision + 1;
  NEW.changed_tx := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END
$$;
CREATE TRIGGER "deliveries_number_changes" BEFORE UPDATE ON "deliveries"
  FOR EACH ROW EXECUTE FUNCTION "number_delivery_change"();

-- The audit is a log: rows are added, never changed or removed.
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_entries is append-only';
END
$$;
CREATE TRIGGER "audit_entries_append_only" BEFORE UPDATE OR DELETE ON "audit_entries"
  FOR EACH ROW EXECUTE FUNCTION "refuse_audit_change"();
