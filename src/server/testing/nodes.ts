/** Nodes without pages, for tests that need dispatchers on a real database. */
import { type Bus, createCatalog, createRegistry, createSealer, type Module } from '../../bus/index.ts'
import { createPostgresStorage, type PostgresOptions, type PostgresStorage } from '../../postgres/index.ts'
import { createHandling, type Dispatcher, type HandlingOptions } from '../../runtime/index.ts'

export interface TestNode extends AsyncDisposable {
  /** What it writes beside what it handles. */
  name: string
  bus: Bus
  storage: PostgresStorage
  dispatcher: Dispatcher
  stop(): Promise<void>
}

export const POLL_MS = 1_000

let count = 0

/** A node that handles messages as `compose.ts` puts it together, on the given database. */
export async function startNode(
  url: string,
  modulesOn: (storage: PostgresStorage) => readonly Module[],
  options: Partial<HandlingOptions> = {},
  postgres: Partial<PostgresOptions> = {},
): Promise<TestNode> {
  count += 1
  const name = `test-${count}`
  const storage = createPostgresStorage({
    url,
    node: name,
    poolSize: 8,
    maxAttemptsOf: () => 5,
    onConnectionError: () => {},
    ...postgres,
  })
  const registry = createRegistry(modulesOn(storage))
  const handling = createHandling({
    registry,
    catalog: createCatalog(registry.definitions, createSealer('a secret for tests only, 32 chars')),
    clock: { now: () => new Date() },
    storage,
    observe: () => {},
    leaseMs: 8_000,
    pollMs: POLL_MS,
    graceMs: 5_000,
    maxInFlight: 200,
    ...options,
  })
  const { bus, dispatcher } = handling
  await storage.start()
  dispatcher.start()
  const stopAll = async () => {
    await handling.stop()
    await storage.stop()
  }
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= stopAll()
    return stopped
  }
  return {
    name,
    bus,
    storage,
    dispatcher,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
