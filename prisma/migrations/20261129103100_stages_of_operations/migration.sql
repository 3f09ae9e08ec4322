-- An operation goes in stages: a few are tried before the rest, and each stage must go well.
ALTER TABLE "operations"
    ADD COLUMN "stages" INTEGER[] NOT NULL DEFAULT ARRAY[]::INTEGER[],
    ADD COLUMN "stage" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "operation_items" ADD COLUMN "stage" INTEGER NOT NULL DEFAULT 0;
-- The first of those that have begun was tried already.
UPDATE "operations" SET "stages" = '{1}' WHERE "one_first" AND NOT EXISTS (
  SELECT FROM "operation_items" AS i WHERE i."operation_id" = "operations"."id" AND i."state" <> 'waiting');
ALTER TABLE "operations" DROP COLUMN "one_first";
ALTER TABLE "operations" ADD CONSTRAINT "operations_stages"
  CHECK (1 <= ALL ("stages") AND "stage" BETWEEN 0 AND cardinality("stages"));
