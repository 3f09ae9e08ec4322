/**
 * A worker in a process of its own, which says how much memory it has after each tenth of its deliveries:
 * `node --expose-gc bench/memory-worker.ts <database URL> <deliveries>`.
 */
import { openWaybill } from './waybill-node.ts'

/** What is in use after a collection. */
export interface MemorySample {
  heapBytes: number
  residentBytes: number
}

const TENTHS = 10

// Whoever started it is gone: so is the database.
const leave = () => process.exit(1)
process.on('disconnect', leave)
const [url = '', count = ''] = process.argv.slice(2)
await drain(url, Number(count))
process.off('disconnect', leave)
process.disconnect()

async function drain(databaseUrl: string, deliveries: number): Promise<void> {
  let handled = 0
  const onHandled = () => {
    handled += 1
    if (handled % Math.ceil(deliveries / TENTHS) === 0 || handled === deliveries) process.send?.(sample())
  }
  const node = await openWaybill(databaseUrl, { fanOut: 1, handler: 'no-op', onHandled })
  await node.consume()
  await node.untilSettled(deliveries)
  await node.close()
}

function sample(): MemorySample {
  if (!gc) throw new Error('Start it with --expose-gc.')
  gc()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heapBytes: heapUsed + external, residentBytes: rss }
}
