-- Who said of an alert that it is seen to; one that is raised anew, or gets more urgent, is one again.
CREATE TABLE "alert_clearances" (
    "alert" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "actor_id" UUID NOT NULL,
    "cleared_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_clearances_pkey" PRIMARY KEY ("alert")
);
