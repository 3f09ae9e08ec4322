import {
  type Bus,
  type Catalog,
  type Clock,
  createBus,
  createPersonKeys,
  createPipeline,
  createReplies,
  type EagerDispatch,
  type Interceptor,
  type OutageEvent,
  Outages,
  type PersonKeys,
  type Pipeline,
  protectEager,
  protectPersonal,
  type Registry,
  type Storage,
} from '../bus/index.ts'
import { Dispatcher, type DispatcherOptions } from './dispatcher.ts'

export interface HandlingOptions
  extends Pick<DispatcherOptions, 'observe' | 'leaseMs' | 'pollMs' | 'graceMs' | 'maxInFlight'> {
  registry: Registry
  catalog: Catalog
  clock: Clock
  storage: Storage
  /** Shared with whoever else keeps something about people. */
  people?: PersonKeys
  interceptors?: readonly Interceptor[]
  observeOutage?(event: OutageEvent): void
}

export interface Handling {
  bus: Bus
  pipeline: Pipeline
  /** Not started yet. */
  dispatcher: Dispatcher
  /** Ends what runs, then waits for replies no more. The storage stays open. */
  stop(): Promise<void>
}

/** What sends and handles messages on one node, put together on a storage. */
export function createHandling(options: HandlingOptions): Handling {
  const { registry, catalog, clock, interceptors = [], observeOutage = () => {}, ...limits } = options
  const people = options.people ?? createPersonKeys({ store: options.storage.personKeys, sealer: catalog.sealer })
  const storage = protectPersonal(options.storage, { catalog, people })
  const replies = createReplies(storage.replies, storage.wake)
  const outages = new Outages({ registry, store: storage.outages, observe: observeOutage })
  const onThisNode: EagerDispatch = { lease: (messages) => dispatcher.eager.lease(messages) }
  const eager = protectEager(onThisNode, { catalog, people })
  const common = { registry, catalog, clock, storage, replies, eager }
  const pipeline = createPipeline({ ...common, outages, interceptors, random: Math.random })
  const { deliveries, handlerSettings, rateLimits, wake } = storage
  const stores = { deliveries, handlerSettings, rateLimits, wake }
  const dispatcher = new Dispatcher({ registry, ...stores, pipeline, outages, ...limits })
  return {
    bus: createBus(common),
    pipeline,
    dispatcher,
    stop: async () => {
      await dispatcher.stop()
      replies.stop()
    },
  }
}
