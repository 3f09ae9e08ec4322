/** The entrance of a node: reads the settings, starts every part in order, stops them in the reverse order. */
import type { RequestListener, Server } from 'node:http'
import { appSecret } from './app-secret.ts'
import { compose } from './compose.ts'
import { type Config, readConfig } from './config.ts'
import { type DatabaseServer, startEmbeddedPostgres } from './database/embedded-postgres.ts'
import { migrate } from './database/migrate.ts'
import { isReadOnTheWay } from './database/tls.ts'
import { createHttpServer } from './http-server.ts'
import { createLogger, type Logger } from './logger.ts'
import { StartupError } from './startup-error.ts'
import { createWeb } from './web.ts'

/** Longer than the dispatcher's grace: whatever hangs then is left behind. */
const STOP_LIMIT_MS = 20_000

const IN_CLEAR =
  'what goes to the database crosses the net unencrypted: add sslmode=verify-full to DATABASE_URL, unless that net is yours alone'

type Stop = () => Promise<void>

await run()

async function run(): Promise<void> {
  const stops: Stop[] = []
  try {
    const config = readConfig(process.env)
    const logger = createLogger({ level: config.logLevel })
    if (config.databaseUrl !== null && isReadOnTheWay(config.databaseUrl)) logger.warn(IN_CLEAR)
    const stopping = stopOnSignals(stops, logger)
    await start(config, logger, stops)
    if (stopping.isStopping) return
    process.stdout.write(
      config.role === 'worker' ? 'Waybill handles messages.\n' : `Waybill is ready: ${config.appUrl}\n`,
    )
  } catch (error) {
    await stopAll(stops)
    process.stderr.write(
      `${error instanceof StartupError ? error.message : ((error as Error).stack ?? String(error))}\n`,
    )
    process.exit(1)
  }
}

async function start(config: Config, logger: Logger, stops: Stop[]): Promise<void> {
  // The port first: where it is taken, nothing has been started yet.
  const http = config.role === 'worker' ? null : await listen(config, stops)
  const database = config.databaseUrl === null ? await startDatabase(config, logger, stops) : other(config.databaseUrl)
  await migrate(database.url, logger)
  const secret = await appSecret(config)
  const app = await compose({ config, logger, databaseUrl: database.url, secret })
  stops.push(app.stop)
  await app.start()
  if (!http) return
  const web = await createWeb(app, config, logger, http.server, database)
  stops.push(web.stop)
  http.serve(web.listener)
}

async function startDatabase(config: Config, logger: Logger, stops: Stop[]): Promise<DatabaseServer> {
  const database = await startEmbeddedPostgres({ dataDir: config.dataDir, logger })
  stops.push(database.stop)
  return database
}

/** Why a server that is not ours does not answer it cannot say. */
function other(url: string): DatabaseServer {
  return { url, isDiskFull: false }
}

async function listen(
  { host, port }: Config,
  stops: Stop[],
): Promise<{ server: Server; serve(listener: RequestListener): void }> {
  const starting: RequestListener = (_, response) => {
    response.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain' }).end('Waybill is starting.\n')
  }
  let listener = starting
  const server = createHttpServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)))
    server.listen(port, host, resolve)
  })
  server.on('request', (request, response) => listener(request, response))
  stops.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return {
    server,
    serve: (ready) => {
      listener = ready
    },
  }
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartupError(
      `Port ${port} on ${host} is taken by another program.`,
      'Stop it, or choose another: PORT=3001 npm start',
    )
  }
  if (error.code === 'EACCES') {
    return new StartupError(
      `Port ${port} may not be opened by this user.`,
      'Choose one above 1023: PORT=3000 npm start',
    )
  }
  return new StartupError(
    `Cannot listen on ${host}:${port}: ${error.message}`,
    'Set HOST to an address of this machine, like 127.0.0.1.',
  )
}

function stopOnSignals(stops: Stop[], logger: Logger): { readonly isStopping: boolean } {
  const state = { isStopping: false }
  const stop = async (signal: string) => {
    if (state.isStopping) return
    state.isStopping = true
    logger.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref()
    await stopAll(stops)
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal))
  return state
}

async function stopAll(stops: Stop[]): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop()) {
    await stop().catch((error: unknown) => process.stderr.write(`While stopping: ${String(error)}\n`))
  }
}
