-- Entries of the audit are only added, and chained by hash in the order of their numbers as one leader sees them.
ALTER TABLE "audit_entries" ADD COLUMN "number" BIGSERIAL NOT NULL;
CREATE UNIQUE INDEX "audit_entries_by_number" ON "audit_entries"("number");

CREATE TABLE "audit_chain" (
    "position" BIGINT NOT NULL,
    "entry_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_chain_pkey" PRIMARY KEY ("position")
);
CREATE UNIQUE INDEX "audit_chain_once_per_entry" ON "audit_chain"("entry_id");

CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit is only added to: % on % is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- Rows of audit_entries are guarded already, from the first migration on.
CREATE TRIGGER "audit_entries_never_emptied" BEFORE TRUNCATE ON "audit_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();
CREATE TRIGGER "audit_chain_only_added" BEFORE UPDATE OR DELETE ON "audit_chain"
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit();
CREATE TRIGGER "audit_chain_never_emptied" BEFORE TRUNCATE ON "audit_chain"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();
