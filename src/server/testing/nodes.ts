/** Nodes without pages, for tests that need dispatchers on a real database. */
import {
  type Bus,
  createBus,
  createCatalog,
  createPipeline,
  createRegistry,
  createReplies,
  createSealer,
  type Module,
  Outages,
} from '../../bus/index.ts'
import { createPostgresStorage, type PostgresStorage } from '../../postgres/index.ts'
import { Dispatcher, type DispatcherOptions } from '../../runtime/index.ts'

export interface TestNode extends AsyncDisposable {
  /** What it writes beside what it handles. */
  name: string
  bus: Bus
  storage: PostgresStorage
  dispatcher: Dispatcher
  stop(): Promise<void>
}

let count = 0

/** A node that handles messages as `compose.ts` puts it together, on the given database. */
export async function startNode(
  url: string,
  modulesOn: (storage: PostgresStorage) => readonly Module[],
  options: Partial<DispatcherOptions> = {},
): Promise<TestNode> {
  count += 1
  const name = `test-${count}`
  const storage = createPostgresStorage({
    url,
    node: name,
    poolSize: 8,
    maxAttemptsOf: () => 5,
    onConnectionError: () => {},
  })
  const clock = { now: () => new Date() }
  const registry = createRegistry(modulesOn(storage))
  const catalog = createCatalog(registry.definitions, createSealer('a secret for tests only, 32 chars'))
  const replies = createReplies(storage.replies, storage.wake)
  const outages = new Outages({ registry, store: storage.outages, observe: () => {} })
  const pipeline = createPipeline({
    outages,
    registry,
    catalog,
    clock,
    storage,
    replies,
    interceptors: [],
    random: () => 0.5,
  })
  const dispatcher = new Dispatcher({
    registry,
    outages,
    deliveries: storage.deliveries,
    handlerSettings: storage.handlerSettings,
    rateLimits: storage.rateLimits,
    pipeline,
    wake: storage.wake,
    observe: () => {},
    leaseMs: 8_000,
    pollMs: 1_000,
    graceMs: 5_000,
    maxInFlight: 200,
    ...options,
  })
  await storage.start()
  dispatcher.start()
  const stopAll = async () => {
    await dispatcher.stop()
    replies.stop()
    await storage.stop()
  }
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= stopAll()
    return stopped
  }
  return {
    name,
    bus: createBus({ registry, catalog, clock, storage, replies }),
    storage,
    dispatcher,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
