import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Pool } from 'pg'
import { createSinks } from '../../modules/communication/index.ts'
import { createPostgresStorage } from '../../postgres/index.ts'
import { clusterPlace } from '../database/cluster-place.ts'
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts'
import { migrate } from '../database/migrate.ts'
import { silentLogger } from '../logger.ts'
import { composeNode, SECRET } from './node.ts'
import { WorkerProcess } from './worker-process.ts'

/** Three workers on one PostgreSQL, all of them real processes, and gateways that live on. */
export async function openCluster() {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'waybill-chaos-'))
  const database = await startEmbeddedPostgres({ dataDir, logger: silentLogger })
  await migrate(database.url, silentLogger)
  const observer = createPostgresStorage({
    url: database.url,
    node: 'observer',
    poolSize: 6,
    maxAttemptsOf: () => 1,
    onConnectionError: () => {},
  })
  const { pool } = observer
  const sinks = createSinks(observer.prisma)
  const gateways = { smtpUrl: await sinks.smtp.start(), smsUrl: await sinks.sms.start() }
  const web = await composeNode(database.url, gateways)
  const startWorker = () =>
    WorkerProcess.start({
      DATABASE_URL: database.url,
      APP_SECRET: SECRET,
      FAULTS: 'on',
      SMTP_URL: gateways.smtpUrl,
      SMS_URL: gateways.smsUrl,
    })
  const workers = await Promise.all([startWorker(), startWorker(), startWorker()])
  const close = async () => {
    for (const worker of workers) worker.signal('SIGCONT')
    await Promise.all(workers.map((worker) => worker.end('SIGKILL')))
    await web.stop()
    await sinks.smtp.stop()
    await sinks.sms.stop()
    await observer.stop()
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  const killDatabase = async () => {
    const { directory } = await clusterPlace(dataDir)
    const [pid] = (await readFile(path.join(directory, 'postmaster.pid'), 'utf8')).split('\n')
    process.kill(Number(pid), 'SIGQUIT')
  }
  return { pool, web, workers, startWorker, killDatabase, close }
}

export type Cluster = Awaited<ReturnType<typeof openCluster>>

/** Deliveries that a process runs at the moment. */
export async function countRunning(pool: Pool, { pid }: WorkerProcess): Promise<number> {
  const { rowCount } = await pool.query(`SELECT FROM deliveries WHERE state = 'running' AND node LIKE $1`, [
    `%:${pid}:%`,
  ])
  return rowCount ?? 0
}
