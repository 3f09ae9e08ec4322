-- How far the chain of the audit reaches, under a seal of APP_SECRET. One that is there already is sealed by
-- "verify-audit --accept".
CREATE TABLE "audit_chain_head" (
    "is_only_row" BOOLEAN NOT NULL DEFAULT true,
    "position" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "seal" TEXT NOT NULL,

    CONSTRAINT "audit_chain_head_pkey" PRIMARY KEY ("is_only_row"),
    CONSTRAINT "audit_chain_head_one_row" CHECK ("is_only_row")
);
