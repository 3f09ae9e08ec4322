import type { Sample } from './measure.ts'
import type { Server } from './server.ts'

/** Begins to measure on a server that has nothing left to write. `stop(count)` tells what each of `count` has cost. */
export async function startMeter(server: Server): Promise<{ stop(count: number): Promise<Sample> }> {
  await server.checkpoint()
  const postgres = await server.processorSeconds()
  const node = process.cpuUsage()
  const startedAt = performance.now()
  return {
    stop: async (count) => {
      const seconds = (performance.now() - startedAt) / 1000
      const { user, system } = process.cpuUsage(node)
      const postgresNow = await server.processorSeconds()
      return {
        rate: count / seconds,
        nodeMicros: (user + system) / count,
        ...(postgres !== null && postgresNow !== null && { postgresMicros: ((postgresNow - postgres) * 1e6) / count }),
      }
    },
  }
}
