import type { Contender, Load } from './contender.ts'
import type { Sample } from './measure.ts'
import { startMeter } from './meter.ts'
import type { Database, Server } from './server.ts'

type Handler = Pick<Load, 'handler'>

/** A database in which so many deliveries wait, beside what was `there` before, to be copied for each run. */
export async function seedWaiting(
  server: Server,
  contender: Contender,
  { handler }: Handler,
  deliveries: number,
  there?: Database,
): Promise<Database> {
  const database = there ?? (await server.createDatabase())
  const queue = await contender.open(database.url, { fanOut: 1, handler, onHandled: () => {} })
  await queue.seed(deliveries)
  await queue.close()
  // As on a database that has lived: statistics are there, hint bits are set.
  await database.query('VACUUM ANALYZE')
  return database
}

/** How fast a worker handles what waits in a copy of `seeded`. */
export async function measureDrain(
  server: Server,
  contender: Contender,
  { handler }: Handler,
  deliveries: number,
  seeded: Database,
): Promise<Sample> {
  const database = await server.createDatabase(seeded)
  let handled = 0
  const onHandled = () => {
    handled += 1
  }
  const queue = await contender.open(database.url, { fanOut: 1, handler, onHandled })
  try {
    const before = await queue.countSettled()
    const meter = await startMeter(server)
    await queue.consume()
    await queue.untilSettled(deliveries)
    const sample = await meter.stop(deliveries)
    const settled = (await queue.countSettled()) - before
    if (settled !== deliveries || handled !== deliveries) {
      throw new Error(`${contender.name} handled ${handled} and settled ${settled} of ${deliveries} deliveries.`)
    }
    return sample
  } finally {
    await queue.close()
    await database.drop()
  }
}
