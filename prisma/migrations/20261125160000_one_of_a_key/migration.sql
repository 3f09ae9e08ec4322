-- Of a key that is kept in order one delivery runs at a time, whatever two nodes see of each other at the moment.
CREATE UNIQUE INDEX "deliveries_one_of_a_key" ON "deliveries" ("subscription", "ordering_key")
  WHERE "ordering_key" IS NOT NULL AND "state" = 'running';
